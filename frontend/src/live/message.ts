/** What the server sent, as a message the page knows. Pure. */
import { decodeFrame } from './frame';
import type { Message } from './members';

/** Something that happened, as it is now. key: to be told what came behind it. */
export interface Happening {
  type: string;
  key: number;
  at: string;
  body: unknown;
}

export type Heard = Message | { type: 'happening'; happening: Happening } | { type: 'gap' };

const KNOWN: ReadonlySet<string> = new Set(['welcome', 'snapshot', 'members', 'gap']);
const HAPPENINGS: ReadonlySet<string> = new Set(['incident', 'assignment', 'alert', 'notice', 'channel', 'shift']);

/**
 * Read a text or binary message; receivedAt: our clock, ms since 1970.
 * Null for a kind that this page does not use (a geofence crossing, one of a newer server).
 * Throws RangeError or SyntaxError when it is no message at all.
 */
export function readMessage(data: string | ArrayBuffer, receivedAt: number): Heard | null {
  if (typeof data !== 'string') return { type: 'frame', frame: decodeFrame(data), receivedAt };
  const message = JSON.parse(data) as { type: string };
  if (HAPPENINGS.has(message.type)) return { type: 'happening', happening: message as Happening };
  return KNOWN.has(message.type) ? (message as Message) : null;
}
