import { expect, it } from 'vitest';
import { pathOf, routeOf } from './route';

it('every address leads back to its page', () => {
  expect(routeOf(pathOf('task', 'A-7/ü'))).toEqual({ page: 'task', id: 'A-7/ü' });
  expect(routeOf(pathOf('me'))).toEqual({ page: 'me', id: null });
  expect(pathOf('tasks')).toBe('/handheld');
});

it('an unknown address is the first page', () => {
  expect(routeOf('/handheld/nowhere').page).toBe('tasks');
  expect(routeOf('/handheld').page).toBe('tasks');
});
