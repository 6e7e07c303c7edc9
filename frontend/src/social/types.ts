/** What /themes tells. */

export interface Counts {
  reported: number;
  closed: number;
  on_time: number;
  open: number;
  overdue: number;
}

/** kinds: codes that go before classes. */
export interface Theme {
  code: string;
  version: number;
  name_en: string;
  name_zh: string;
  classes: string[];
  kinds: string[];
}

export interface ThemeCounts extends Theme, Counts {}

export interface Named extends Counts {
  name_en: string;
  name_zh: string;
}

export interface Grid extends Counts {
  id: string;
  name: string;
  level: string;
}

export interface OpenIncident {
  id: string;
  state: string;
  priority: number;
  name_en: string;
  name_zh: string;
  address: string | null;
  organisation_name: string;
  reported_at: string;
  due_at: string | null;
  overdue: boolean;
}

export interface Figures extends ThemeCounts {
  by_kind: (Named & { code: string })[];
  grids: Grid[];
  incidents: OpenIncident[];
}
