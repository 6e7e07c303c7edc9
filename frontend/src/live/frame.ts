/** The binary frame of /live; docs/architecture.md draws it. Pure. */

export const HEADER_BYTES = 24;
export const ROW_BYTES = 20;
const MAGIC = 0x31505747; // "GWP1", little-endian
const UNKNOWN_16 = 65535;
const UNKNOWN_8 = 255;

export type PresenceCode = 0 | 1 | 2;

/** One member's state. speed m/s, course degrees true, fixedAt ms since 1970 by the server's clock, battery 0 to 1. */
export interface Row {
  key: number;
  longitude: number;
  latitude: number;
  speed: number | null;
  course: number | null;
  fixedAt: number;
  /** The fix is older than fixedAt: its age did not fit the frame. */
  older: boolean;
  presence: PresenceCode;
  moving: boolean;
  emergency: boolean;
  silence: number;
  battery: number | null;
}

export interface Frame {
  sequence: number;
  serverTime: number;
  rows: Row[];
}

/** Read a frame. Throws RangeError when it is not one. */
export function decodeFrame(buffer: ArrayBuffer): Frame {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw new RangeError('not a frame');
  const count = view.getUint32(4, true);
  if (buffer.byteLength !== HEADER_BYTES + count * ROW_BYTES) throw new RangeError('frame of a wrong length');
  const serverTime = Number(view.getBigInt64(16, true));
  const rows = Array.from({ length: count }, (_, n) => decodeRow(view, HEADER_BYTES + n * ROW_BYTES, serverTime));
  return { sequence: Number(view.getBigUint64(8, true)), serverTime, rows };
}

function decodeRow(view: DataView, at: number, serverTime: number): Row {
  const speed = view.getUint16(at + 12, true);
  const course = view.getUint16(at + 14, true);
  const state = view.getUint8(at + 18);
  const battery = view.getUint8(at + 19);
  const tenths = view.getUint16(at + 16, true);
  return {
    key: view.getUint32(at, true),
    longitude: view.getInt32(at + 4, true) / 1e7,
    latitude: view.getInt32(at + 8, true) / 1e7,
    speed: speed === UNKNOWN_16 ? null : speed / 100,
    course: course === UNKNOWN_16 ? null : course / 100,
    fixedAt: serverTime - tenths * 100,
    older: tenths === UNKNOWN_16,
    presence: Math.min(state & 3, 2) as PresenceCode,
    moving: (state & 4) !== 0,
    emergency: (state & 8) !== 0,
    silence: (state >> 4) & 7,
    battery: battery === UNKNOWN_8 ? null : battery / 100,
  };
}
