import { describe, expect, it } from 'vitest';
import { boundsOf, classOf, CLASSES, COLOURS, MODES, shapesOf, tally } from './classes';
import type { CoverCell } from './types';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const cell = (change: Partial<CoverCell>): CoverCell => ({
  cell: '8a', boundary: [[119, 26], [119.1, 26], [119.1, 26.1], [119, 26]], cells: 1, visited: 1, visits: 1, dwell_s: 0, off_post_s: 0, mock: 0, last_visit: '2026-11-26T11:00:00Z', ...change,
});

describe('classes of cells', () => {
  it('have a colour and a name each', () => {
    for (const mode of MODES) expect(COLOURS[mode]).toHaveLength(CLASSES[mode].length);
  });
  it('tell never visited from short', () => {
    expect(classOf(cell({ last_visit: null }), 'dwell', NOW)).toBe(0);
    expect(classOf(cell({ dwell_s: 0 }), 'dwell', NOW)).toBe(1);
    expect(classOf(cell({ dwell_s: 60 }), 'dwell', NOW)).toBe(2);
    expect(classOf(cell({ dwell_s: 1e6 }), 'dwell', NOW)).toBe(5);
  });
  it('tell how long ago the last visit was', () => {
    expect(classOf(cell({}), 'age', NOW)).toBe(1);
    expect(classOf(cell({ last_visit: '2026-11-25T11:00:00Z' }), 'age', NOW)).toBe(3);
    expect(classOf(cell({ last_visit: '2026-10-25T11:00:00Z' }), 'age', NOW)).toBe(5);
  });
  it('put a made-up place above one off post', () => {
    expect(classOf(cell({ off_post_s: 1, mock: 1 }), 'flags', NOW)).toBe(3);
    expect(classOf(cell({ off_post_s: 1 }), 'flags', NOW)).toBe(2);
  });
  it('are counted, every cell once', () => {
    const cells = [cell({}), cell({ last_visit: null }), cell({ mock: 2 })];
    for (const mode of MODES) expect(tally(cells, mode, NOW).reduce((a, b) => a + b)).toBe(3);
    expect(tally(cells, 'flags', NOW)).toEqual([1, 1, 0, 1]);
  });
  it('are drawn within their bounds', () => {
    expect(shapesOf([cell({})], 'age', NOW).features[0]!.properties).toMatchObject({ number: 0, visited: true });
    expect(boundsOf([cell({})])).toEqual([119, 26, 119.1, 26.1]);
    expect(boundsOf([])).toBeNull();
  });
});
