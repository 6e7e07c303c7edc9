/** The organisation tree as the rows that are open. Pure. */
import type { Organisation } from '../api/types';

export interface TreeRow {
  organisation: Organisation;
  depth: number;
  children: number;
  open: boolean;
}

/** Rows from the top; with a search text, every match with its ancestors. */
export function treeRows(all: readonly Organisation[], open: ReadonlySet<string>, search: string): TreeRow[] {
  const below = new Map<string | null, Organisation[]>();
  const ids = new Set(all.map((one) => one.id));
  for (const one of all) {
    const parent = one.parent !== null && ids.has(one.parent) ? one.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  const wanted = search.trim() ? matches(all, search.trim().toLowerCase()) : null;
  const rows: TreeRow[] = [];
  const walk = (parent: string | null, depth: number): void => {
    for (const organisation of below.get(parent) ?? []) {
      if (wanted && !wanted.has(organisation.id)) continue;
      const unfolded = wanted !== null || open.has(organisation.id);
      rows.push({ organisation, depth, children: below.get(organisation.id)?.length ?? 0, open: unfolded });
      if (unfolded) walk(organisation.id, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}

function matches(all: readonly Organisation[], search: string): Set<string> {
  const byId = new Map(all.map((one) => [one.id, one]));
  const found = new Set<string>();
  for (const one of all) {
    if (!one.name.toLowerCase().includes(search) && !one.code?.includes(search)) continue;
    for (let at: Organisation | undefined = one; at; at = at.parent === null ? undefined : byId.get(at.parent)) {
      found.add(at.id);
    }
  }
  return found;
}

/** Members in each organisation and all below it, by organisation id. */
export function memberCounts(all: readonly Organisation[], keys: Iterable<number>): Map<string, number> {
  const byKey = new Map(all.map((one) => [one.key, one]));
  const byId = new Map(all.map((one) => [one.id, one]));
  const counts = new Map<string, number>();
  for (const key of keys) {
    for (let at = byKey.get(key); at; at = at.parent === null ? undefined : byId.get(at.parent)) {
      counts.set(at.id, (counts.get(at.id) ?? 0) + 1);
    }
  }
  return counts;
}
