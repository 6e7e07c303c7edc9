/** A view out of an address, and an address out of a view. Pure. */
import { pathOf, routeOf, type Route } from '../../app/route';
import type { View } from './types';

/** What is kept of where one is. */
export const keptOf = ({ page, rest, query }: Route): Pick<View, 'page' | 'query'> => ({ page: [page, ...rest].join('/'), query: { ...query } });

/** Where it opens: a page of ours, whatever it says. */
export function addressOfView({ page, query }: Pick<View, 'page' | 'query'>): string {
  const route = routeOf(`/${page}`, '');
  return pathOf(route.page, route.rest, query);
}
