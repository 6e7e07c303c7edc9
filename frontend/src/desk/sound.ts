/** The sound of alerts that nobody has seen yet, made by the browser itself; it may be switched off on this machine. */

export type Sound = 'sos' | 'alert';

const KEY = 'gridwarden.silent';
/** Every so often while an alert is unseen, ms. */
const EVERY: Record<Sound, number> = { sos: 2_500, alert: 15_000 };
/** Pitches in Hz, one after the other. */
const NOTES: Record<Sound, readonly number[]> = { sos: [880, 660, 880, 660], alert: [660, 880] };
const NOTE_S = 0.16;

let context: AudioContext | null = null;
let timer: number | undefined;
let wanted: Sound | null = null;

export const isSounding = (): boolean => localStorage.getItem(KEY) === null;

/** Switch it on or off; how it is then. */
export function setSounding(on: boolean): boolean {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'yes');
  restart();
  return on;
}

/** Sound until told otherwise; null: be quiet. */
export function sound(kind: Sound | null): void {
  if (kind === wanted) return;
  wanted = kind;
  restart();
}

function restart(): void {
  window.clearInterval(timer);
  if (wanted === null || !isSounding()) return;
  const kind = wanted;
  play(kind);
  timer = window.setInterval(() => play(kind), EVERY[kind]);
}

/** A browser that has not been touched yet plays nothing: it says so itself, and the alert is on the screen. */
function play(kind: Sound): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  NOTES[kind].forEach((pitch, n) => note(context!, pitch, context!.currentTime + n * NOTE_S));
}

function note(audio: AudioContext, pitch: number, at: number): void {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 0.95);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + NOTE_S);
}
