import { expect, it } from 'vitest';
import { commandOf, neighbour } from './keys';

const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

it('knows plain keys, unless somebody types', () => {
  expect(commandOf(press('n'), false)).toEqual({ do: 'new' });
  expect(commandOf(press('3'), false)).toEqual({ do: 'send', place: 3 });
  expect(commandOf(press('n'), true)).toBeNull();
  expect(commandOf(press('0'), false)).toBeNull();
});

it('opens the palette even while somebody types, and leaves other control keys to the browser', () => {
  expect(commandOf(press('k', { ctrlKey: true }), true)).toEqual({ do: 'palette' });
  expect(commandOf(press('n', { ctrlKey: true }), false)).toBeNull();
});

it('goes from row to row and stops at the ends', () => {
  const ids = ['a', 'b', 'c'];
  expect([neighbour(ids, undefined, 1), neighbour(ids, 'a', 1), neighbour(ids, 'c', 1), neighbour(ids, 'a', -1), neighbour([], 'a', 1)]).toEqual(['a', 'b', 'c', 'a', undefined]);
});
