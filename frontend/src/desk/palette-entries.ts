/** What the command palette finds for what was typed. Pure. */

export interface EntryOf {
  id: string;
  /** What is searched and shown. */
  name: string;
  /** What kind of thing it is, as it is shown. */
  kind: string;
  hint?: string;
  run(): void;
}

/** What the page knows, then what the server found besides. */
export function joined(known: readonly EntryOf[], found: readonly EntryOf[]): EntryOf[] {
  const ids = new Set(known.map((one) => one.id));
  return [...known, ...found.filter((one) => !ids.has(one.id))];
}

/** Entries whose name or hint holds every word; those whose name begins with what was typed first. At most `most`. */
export function matching(all: readonly EntryOf[], typed: string, most: number): EntryOf[] {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/).filter(Boolean);
  const hits = all.filter((one) => {
    const where = `${one.name}\n${one.hint ?? ''}`.toLowerCase();
    return words.every((word) => where.includes(word));
  });
  const rank = (one: EntryOf) => (one.name.toLowerCase().startsWith(text) ? 0 : 1);
  return hits.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
