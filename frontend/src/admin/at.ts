/** Addresses below /admin: /admin/<section>/<id>, `?new` for one that is to be added; the rest of the query stays. */
import { currentRoute, goTo, pathOf, useRoute } from '../app/route';

/** id: of what the side pane shows; null none. adding: the pane for a new one. query: filters. */
export interface At {
  section: string;
  id: string | null;
  adding: boolean;
  query: Readonly<Record<string, string>>;
}

export function useAt(): At {
  const { rest, query } = useRoute();
  return { section: rest[0] ?? 'organisations', id: rest[1] ?? null, adding: 'new' in query, query };
}

/** The query but for what concerns a new one. */
const kept = (): Record<string, string | undefined> => ({ ...currentRoute().query, new: undefined, parent: undefined, member: undefined });

/** The section with its filters, nothing chosen. */
export const pathToSection = (section: string): string => pathOf('admin', [section], kept());

export const pathToOne = (section: string, id: string): string => pathOf('admin', [section, id], kept());

export const pathToNew = (section: string, more: Record<string, string> = {}): string => pathOf('admin', [section], { ...kept(), ...more, new: '1' });

/** Close the pane. */
export const close = (section: string) => (): void => goTo(pathToSection(section));

/** Set a filter; empty takes it away. */
export function setFilter(section: string, name: string, value: string | null): void {
  goTo(pathOf('admin', [section], { ...kept(), [name]: value || undefined }), true);
}
