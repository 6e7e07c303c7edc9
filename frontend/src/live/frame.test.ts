import { describe, expect, it } from 'vitest';
import { decodeFrame, HEADER_BYTES, ROW_BYTES } from './frame';

function aFrame(rows: ((view: DataView, at: number) => void)[]): ArrayBuffer {
  const buffer = new ArrayBuffer(HEADER_BYTES + rows.length * ROW_BYTES);
  const view = new DataView(buffer);
  new Uint8Array(buffer).set(new TextEncoder().encode('GWP1'));
  view.setUint32(4, rows.length, true);
  view.setBigUint64(8, 7n, true);
  view.setBigInt64(16, 1_795_000_000_000n, true);
  rows.forEach((write, n) => write(view, HEADER_BYTES + n * ROW_BYTES));
  return buffer;
}

describe('decodeFrame', () => {
  it('reads a row in its units', () => {
    const frame = aFrame([
      (view, at) => {
        view.setUint32(at, 42, true);
        view.setInt32(at + 4, 714_300_001, true);
        view.setInt32(at + 8, -511_200_000, true);
        view.setUint16(at + 12, 125, true);
        view.setUint16(at + 14, 27_050, true);
        view.setUint16(at + 16, 31, true);
        view.setUint8(at + 18, 0b0010_1101);
        view.setUint8(at + 19, 80);
      },
    ]);
    expect(decodeFrame(frame)).toEqual({
      sequence: 7,
      serverTime: 1_795_000_000_000,
      rows: [
        {
          key: 42,
          longitude: 71.4300001,
          latitude: -51.12,
          speed: 1.25,
          course: 270.5,
          fixedAt: 1_795_000_000_000 - 3_100,
          older: false,
          presence: 1,
          moving: true,
          emergency: true,
          silence: 2,
          battery: 0.8,
        },
      ],
    });
  });

  it('tells an age that did not fit from one that did', () => {
    const [row] = decodeFrame(aFrame([(view, at) => view.setUint16(at + 16, 65_535, true)])).rows;
    expect(row?.older).toBe(true);
  });

  it('says null for what is unknown', () => {
    const [row] = decodeFrame(
      aFrame([
        (view, at) => {
          view.setUint16(at + 12, 65535, true);
          view.setUint16(at + 14, 65535, true);
          view.setUint8(at + 19, 255);
        },
      ]),
    ).rows;
    expect([row?.speed, row?.course, row?.battery]).toEqual([null, null, null]);
  });

  it('refuses what is not a frame', () => {
    expect(() => decodeFrame(new ArrayBuffer(10))).toThrow(RangeError);
    expect(() => decodeFrame(aFrame([() => undefined]).slice(0, 30))).toThrow(RangeError);
  });
});
