/** Addresses below /registry: /registry/<section>/<id>?tab=…; `?new` for one that is to be added; filters in the query. */
import { currentRoute, goTo, pathOf, useRoute } from '../app/route';
import { SECTIONS, sectionOf, type SectionSpec } from './sections';
import type { ElementName } from './elements';

export interface At {
  section: string;
  id: string | null;
  adding: boolean;
  tab: string;
  query: Readonly<Record<string, string>>;
}

export function useAt(): At {
  const { rest, query } = useRoute();
  return { section: rest[0] ?? SECTIONS[0]!.name, id: rest[1] ?? null, adding: 'new' in query, tab: query.tab ?? 'record', query };
}

const kept = (): Record<string, string | undefined> => ({ ...currentRoute().query, new: undefined });

export const pathToSection = (section: string): string => pathOf('registry', [section], { ...kept(), tab: undefined });
export const pathToOne = (section: string, id: string): string => pathOf('registry', [section, id], kept());
export const pathToNew = (section: string): string => pathOf('registry', [section], { ...kept(), tab: undefined, new: '1' });
export const close = (section: string) => (): void => goTo(pathToSection(section));

/** The record wherever it stands; kind: of a place. */
export const pathToRecord = (element: ElementName, id: string, kind?: unknown): string => pathOf('registry', [sectionOf(element, kind).name, id]);

/** Set a part of the query; empty takes it away. */
export function setQuery(name: string, value: string | null): void {
  const { rest, query } = currentRoute();
  goTo(pathOf('registry', rest, { ...query, [name]: value || undefined }), true);
}

/** The filters of a section as the address says them. */
export function filtersIn(section: SectionSpec, query: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return Object.fromEntries(section.filters.map(({ name, always }) => [name, query[name] ?? always]));
}
