/** Push to talk: record while the button is held. */

export interface Recording {
  /** The clip and its length in seconds. */
  stop(): Promise<{ clip: Blob; seconds: number }>;
}

const WANTED = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
/** The server takes a minute at most. */
const LONGEST_MS = 58_000;
const BITS_PER_SECOND = 24_000;

/** Ask for the microphone and record. Throws where there is none, or the person says no. */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = WANTED.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, { ...(type ? { mimeType: type } : {}), audioBitsPerSecond: BITS_PER_SECOND });
  const began = performance.now();
  const parts: Blob[] = [];
  recorder.ondataavailable = (event) => void parts.push(event.data);
  const ended = new Promise<void>((done) => (recorder.onstop = () => done()));
  recorder.start();
  const timer = window.setTimeout(() => recorder.stop(), LONGEST_MS);
  return {
    async stop() {
      window.clearTimeout(timer);
      const seconds = Math.min(LONGEST_MS, performance.now() - began) / 1000;
      if (recorder.state !== 'inactive') recorder.stop();
      await ended;
      for (const track of stream.getTracks()) track.stop();
      return { clip: new Blob(parts, { type: recorder.mimeType.split(';')[0]! }), seconds };
    },
  };
}
