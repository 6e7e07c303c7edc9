/** As /statistics/summary answers; docs/statistics.md says what each figure is. Rates from 0 to 1, times in seconds. */
export interface Counts {
  reported: number;
  closed: number;
  on_time: number;
  late: number;
  still_open: number;
  rejected: number;
  merged: number;
  escalated: number;
  sent_back: number;
}

export interface Rated extends Counts {
  on_time_rate: number | null;
  closing_rate: number | null;
}

export type Clock = 'accept' | 'arrive' | 'handle' | 'verify' | 'response' | 'resolution';

export type Totals = Rated & Record<`${Clock}_${'p50' | 'p90'}` | 'overdue', number | null>;

export interface Child extends Rated {
  id: string;
  name: string;
  level: string;
  response_p50: number | null;
}

export interface KindFigures extends Rated {
  code: string;
  class: string;
  name_en: string;
  name_zh: string;
}

export interface Highlight {
  about: 'organisation' | 'kind';
  subject: string;
  value: number;
  usual: number;
  text_en: string;
  text_zh: string;
}

export interface Summary {
  organisation: { id: string; name: string; level: string };
  since: string;
  until: string;
  bucket: 'day' | 'week' | 'month';
  zone: string;
  summed_at: string | null;
  totals: Totals;
  before: Totals;
  series: (Counts & { day: string })[];
  children: Child[];
  kinds: KindFigures[];
  sources: Record<string, number>;
  priorities: Record<string, number>;
  hours: number[];
  times: Record<string, { from_s: number; incidents: number }[]>;
  stock: Record<string, number>;
  highlights: Highlight[];
}

/** An incident behind a figure, as /statistics/incidents answers. */
export interface Counted {
  id: string;
  kind: string;
  kind_en: string;
  kind_zh: string;
  state: string;
  priority: number;
  description: string;
  place_organisation: { id: string; name: string; level: string };
  reported_at: string;
  on_scene_at: string | null;
  ended_at: string | null;
  response_s: number | null;
  late: boolean;
  escalations: number;
  sent_back: number;
}
