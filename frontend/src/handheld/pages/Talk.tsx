/** Push to talk: a clip of at most a minute, kept while the button is held. */
import { ActionIcon } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const LONGEST_MS = 55_000;
const SHORTEST_S = 0.3;
const TYPES = ['audio/webm', 'audio/mp4', 'audio/ogg'];

/** spoken: the clip, with its type as the API takes it, and its length in seconds. */
export function Talk({ spoken }: { spoken: (clip: Blob, seconds: number) => void }) {
  const { t } = useTranslation('handheld');
  const [talking, setTalking] = useState(false);
  const [problem, setProblem] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);
  const held = useRef(false);
  useEffect(() => () => recorder.current?.stop(), []);

  async function begin(event: PointerEvent<HTMLButtonElement>): Promise<void> {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (held.current) record(stream);
      else for (const track of stream.getTracks()) track.stop();
    } catch {
      setProblem(true);
    }
  }

  function record(stream: MediaStream): void {
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    const made = new MediaRecorder(stream, type === undefined ? {} : { mimeType: type });
    const parts: Blob[] = [];
    const begun = performance.now();
    const timer = window.setTimeout(() => made.stop(), LONGEST_MS);
    made.ondataavailable = ({ data }) => parts.push(data);
    made.onstop = () => {
      window.clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      recorder.current = null;
      setTalking(false);
      const seconds = (performance.now() - begun) / 1000;
      if (seconds >= SHORTEST_S) spoken(new Blob(parts, { type: (type ?? made.mimeType).split(';')[0]! }), Math.round(seconds * 10) / 10);
    };
    recorder.current = made;
    setTalking(true);
    made.start();
  }

  function end(): void {
    held.current = false;
    recorder.current?.stop();
  }

  return (
    <ActionIcon type="button" size={36} variant={talking ? 'filled' : 'default'} {...(talking ? { color: 'red.9' } : {})} disabled={problem} style={{ touchAction: 'none' }} data-testid="talk"
      aria-label={t(problem ? 'noMicrophone' : talking ? 'talking' : 'holdToTalk')} title={t(problem ? 'noMicrophone' : 'holdToTalk')}
      onPointerDown={(event) => void begin(event)} onPointerUp={end} onPointerCancel={end} onContextMenu={(event) => event.preventDefault()}
    >
      <IconMicrophone size={18} aria-hidden />
    </ActionIcon>
  );
}
