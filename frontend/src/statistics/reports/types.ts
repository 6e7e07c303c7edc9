/** As /reports/schedules and /reports/made answer. */
export const EVERY = ['day', 'week', 'month'] as const;
export type Every = (typeof EVERY)[number];

export interface Draft {
  organisation: string;
  name: string;
  every: Every;
  at_hour: number;
  language: 'en' | 'zh';
  kind: string | null;
}

export interface Schedule extends Draft {
  id: string;
  version: number;
  organisation_name: string;
  by_name: string;
  next_at: string | null;
}

export interface Report {
  id: string;
  schedule: string;
  organisation: string;
  organisation_name: string;
  name: string;
  begins: string;
  ends: string;
  made_at: string;
  pdf_bytes: number;
  xlsx_bytes: number;
}
