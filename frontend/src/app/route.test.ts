import { expect, it } from 'vitest';
import { pathOf, routeOf } from './route';

it('finds a page, what follows it and the query', () => {
  expect(routeOf('/desk/I-3', '?side=log')).toEqual({ page: 'desk', rest: ['I-3'], query: { side: 'log' } });
});

it('shows the map for what is unknown', () => {
  expect(routeOf('/nowhere/else', '').page).toBe('map');
  expect(routeOf('/', '')).toEqual({ page: 'map', rest: [], query: {} });
});

it('takes a path that decodes to nothing as it is', () => {
  expect(routeOf('/desk/%zz', '').rest).toEqual(['%zz']);
});

it('comes back to what it wrote', () => {
  const path = pathOf('admin', ['members', 'a/b é'], { q: 'x y', left: undefined });
  const [before = '', search = ''] = path.split('?');
  expect(routeOf(before, `?${search}`)).toEqual({ page: 'admin', rest: ['members', 'a/b é'], query: { q: 'x y' } });
  expect(pathOf('map')).toBe('/');
});
