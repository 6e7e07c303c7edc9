import { describe, expect, it } from 'vitest';
import { apart, areaOf, begun, clicked, dragged, eastOf, ended, inserted, lengthOf, radiusOf, removed, ringOf, shapesOf, undone, type Sketch, type Spot } from './sketch';

const drawn = (shape: Sketch['shape'], ...spots: Spot[]): Sketch => spots.reduce(clicked, begun(shape));
const SQUARE: Spot[] = [[71.4, 51.1], [71.41, 51.1], [71.41, 51.11], [71.4, 51.11]];

describe('measures on the sphere', () => {
  it('a degree of the parallel of 60 is half of one at the equator', () => expect(apart([0, 60], [1, 60]) / apart([0, 0], [1, 0])).toBeCloseTo(0.5, 4));
  it('a way is the sum of its legs, and closed it comes back', () => {
    expect(lengthOf(SQUARE, false)).toBeCloseTo(lengthOf(SQUARE.slice(0, 3), false) + apart(SQUARE[2]!, SQUARE[3]!), 6);
    expect(lengthOf(SQUARE, true) - lengthOf(SQUARE, false)).toBeCloseTo(apart(SQUARE[3]!, SQUARE[0]!), 6);
    expect(lengthOf([], true)).toBe(0);
  });
  it('an area is its width by its height, whichever way round', () => {
    const expected = apart([71.4, 51.105], [71.41, 51.105]) * apart([71.4, 51.1], [71.4, 51.11]);
    expect(areaOf(SQUARE) / expected).toBeCloseTo(1, 4);
    expect(areaOf([...SQUARE].reverse())).toBeCloseTo(areaOf(SQUARE), 3);
    expect(areaOf(SQUARE.slice(0, 2))).toBe(0);
  });
  it('a circle has its radius all around', () => {
    for (const corner of ringOf([71.4, 51.1], 500)) expect(apart([71.4, 51.1], corner as Spot) / 500).toBeCloseTo(1, 3);
    expect(apart([71.4, 51.1], eastOf([71.4, 51.1], 500))).toBeCloseTo(500, 2);
  });
});

describe('a polygon', () => {
  it('ends with a double-click, whose clicks are one corner', () => {
    const twice = drawn('polygon', ...SQUARE, SQUARE[3]!);
    expect(ended(twice, 1)).toMatchObject({ done: true, points: SQUARE });
  });
  it('of two corners is none yet', () => expect(ended(drawn('polygon', SQUARE[0]!, SQUARE[1]!), 1).done).toBe(false));
  it('takes no more corners once it is done', () => {
    const done = ended(drawn('polygon', ...SQUARE), 1);
    expect(clicked(done, [0, 0])).toBe(done);
  });
  it('has its corners dragged, and its last one taken back', () => {
    const moved = dragged(drawn('polygon', ...SQUARE), 1, [71.5, 51.2]);
    expect(moved.points[1]).toEqual([71.5, 51.2]);
    expect(moved.points[0]).toEqual(SQUARE[0]);
    expect(undone(moved).points).toHaveLength(3);
    expect(dragged(moved, 9, [0, 0])).toBe(moved);
  });
});

describe('a circle', () => {
  const circle = drawn('circle', [71.4, 51.1], eastOf([71.4, 51.1], 300));
  it('is done with its second click', () => {
    expect(circle.done).toBe(true);
    expect(radiusOf(circle)).toBeCloseTo(300, 2);
  });
  it('goes with its centre as a whole, and grows by its rim', () => {
    expect(radiusOf(dragged(circle, 0, [71.5, 51.1]))).toBeCloseTo(300, 0);
    expect(radiusOf(dragged(circle, 1, eastOf([71.4, 51.1], 900)))).toBeCloseTo(900, 1);
  });
});

describe('a measured line', () => {
  it('closes where it began', () => {
    const round = ended(drawn('measure', ...SQUARE, SQUARE[0]!, SQUARE[0]!), 1);
    expect(round).toMatchObject({ closed: true, done: true, points: SQUARE });
    expect(ended(drawn('measure', ...SQUARE), 1).closed).toBe(false);
  });
  it('is drawn up to the pointer, with a handle on each corner', () => {
    const { features } = shapesOf(drawn('measure', SQUARE[0]!, SQUARE[1]!), SQUARE[2]!);
    expect(features[0]!.geometry).toEqual({ type: 'LineString', coordinates: SQUARE.slice(0, 3) });
    expect(features.slice(1).map((one) => one.properties?.n)).toEqual([0, 1]);
  });
});

describe('corners of a polygon that is done', () => {
  const done = ended(drawn('polygon', ...SQUARE), 1);

  it('has a handle half-way to the next corner, which becomes a corner when it is pulled', () => {
    const handles = shapesOf(done, null).features.filter((one) => 'after' in one.properties!);
    expect(handles).toHaveLength(done.points.length);
    const pulled = inserted(done, 0, [7, 7]);
    expect(pulled.points[1]).toEqual([7, 7]);
    expect(pulled.points).toHaveLength(done.points.length + 1);
  });

  it('loses a corner, but never its last three', () => {
    let sketch = removed(done, 0);
    expect(sketch.points).toEqual(done.points.slice(1));
    for (let n = 0; n < 9; n++) sketch = removed(sketch, 0);
    expect(sketch.points).toHaveLength(3);
  });

  it('has no handles while it is drawn', () => {
    expect(shapesOf(drawn('polygon', ...SQUARE), null).features.some((one) => 'after' in one.properties!)).toBe(false);
  });
});
