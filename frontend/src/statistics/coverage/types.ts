/** As /coverage answers; docs/statistics.md says what each figure is. Times in seconds. */
export interface CoverCounts {
  cells: number;
  visited: number;
  visits: number;
  dwell_s: number;
  off_post_s: number;
  mock: number;
}

export interface CoverCell extends CoverCounts {
  cell: string;
  boundary: [number, number][];
  last_visit: string | null;
}

export interface Cover {
  organisation: { id: string; name: string; level: string };
  since: string;
  until: string;
  resolution: number;
  summed_until: string | null;
  totals: CoverCounts;
  items: CoverCell[];
}

export interface Gap {
  id: string;
  name: string;
  level: string;
  cells: number;
  missed: number;
}

export interface Covered {
  id: string;
  name: string;
  organisation: string;
  organisation_name: string;
  cells: number;
  post_cells: number;
  post_visited: number;
  dwell_s: number;
  off_post_s: number;
  mock: number;
  last_fix: string | null;
}
