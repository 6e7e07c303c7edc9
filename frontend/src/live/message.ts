/** What the server sent, as a message the page knows. Pure. */
import { decodeFrame } from './frame';
import type { Message } from './members';

const KNOWN: ReadonlySet<string> = new Set(['welcome', 'snapshot', 'members']);

/**
 * Read a text or binary message; receivedAt: our clock, ms since 1970.
 * Null for a kind that this page does not use (a geofence crossing, one of a newer server).
 * Throws RangeError or SyntaxError when it is no message at all.
 */
export function readMessage(data: string | ArrayBuffer, receivedAt: number): Message | null {
  if (typeof data !== 'string') return { type: 'frame', frame: decodeFrame(data), receivedAt };
  const message = JSON.parse(data) as { type: string };
  return KNOWN.has(message.type) ? (message as Message) : null;
}
