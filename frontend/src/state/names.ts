/** Names of organisations by id, from the tree that the page holds. */
import { useMemo } from 'react';
import type { Organisation } from '../api/types';
import { useStore } from './store';

export interface Names {
  byId: ReadonlyMap<string, Organisation>;
  /** The name, or the id where the organisation is not the caller's to see. */
  of(id: string): string;
}

export function useNames(): Names {
  const organisations = useStore((state) => state.organisations);
  return useMemo(() => {
    const byId = new Map(organisations.map((one) => [one.id, one]));
    return { byId, of: (id) => byId.get(id)?.name ?? id };
  }, [organisations]);
}

/** The page's tree with this one in it, added or changed. */
export function putOrganisation(changed: Organisation): void {
  useStore.setState(({ organisations }) => ({
    organisations: organisations.some((one) => one.id === changed.id) ? organisations.map((one) => (one.id === changed.id ? changed : one)) : [...organisations, changed],
  }));
}
