/** What the server says of the appraisal and the work diary. */

export type Level = 'member' | 'grid' | 'community' | 'street' | 'department';
export const LEVELS: readonly Level[] = ['street', 'community', 'grid', 'member', 'department'];

export interface Measure {
  code: string;
  points: number;
  possible: number;
  value: number | null;
  of: number;
  reached: number;
}

export interface Ranked {
  id: string;
  name: string;
  organisation: string;
  organisation_name: string;
  total: number;
  total_before: number | null;
  possible: number;
  due: number;
  few: boolean;
  rank: number | null;
  rank_before: number | null;
  measures: Measure[];
}

export interface Ranking {
  period: string;
  before: string | null;
  level: Level;
  counted_at: string | null;
  items: Ranked[];
}

export interface Item {
  points: number;
  incident: string | null;
  entry: string | null;
  at: string | null;
  why: string;
}

export interface Line extends Measure {
  items: Item[];
  left_out: number;
}

export interface Score {
  period: string;
  before: string | null;
  level: Level;
  id: string;
  name: string;
  total: number;
  total_before: number | null;
  raw: number;
  possible: number;
  due: number;
  deferred: number;
  few: boolean;
  counted_at: string;
  lines: Line[];
  trend: { period: string; total: number; possible: number; few: boolean }[];
  places: { organisation: string; name: string; level: string; rank: number; of: number }[];
  corrections: { points: number; reason: string; made_by: string; made_at: string; objection: string | null }[];
}

export interface Period {
  number: number | null;
  period: string;
  frozen_at: string | null;
  sha256: string | null;
}

export interface Verdict {
  period: string;
  holds: boolean;
  faults: string[];
}

export interface Objection {
  id: string;
  version: number;
  period: string;
  level: Level;
  subject: string;
  name: string;
  rule: string | null;
  incident: string | null;
  reason: string;
  made_by: string;
  made_at: string;
  state: 'open' | 'accepted' | 'rejected';
  answer: string | null;
  decided_by: string | null;
  points: number | null;
}

export interface RuleMeasure {
  code: string;
  points: string;
  full_at: string;
  less: string;
}

export interface RulePenalty {
  code: string;
  points: string;
  from_nth: number | null;
  from_points: string | null;
  at_most: string | null;
  hours: number | null;
}

export interface LevelRules {
  base: string;
  few: number;
  measures: RuleMeasure[];
  penalties: RulePenalty[];
}

export interface RuleSet {
  name: string;
  levels: Partial<Record<Level, LevelRules>>;
  [other: string]: unknown;
}

export interface Rules {
  version: number;
  newest: number;
  rules: RuleSet;
  versions: { version: number; note: string; in_force_from: string; made_by: string }[];
}

export interface Preview {
  period: string | null;
  items: { level: Level; id: string; before: number; after: number; rank_before: number | null; rank_after: number | null }[];
}

export interface Falsification {
  id: string;
  incident: string;
  member: string;
  name: string;
  sign: string;
  evidence: Record<string, unknown>;
  state: 'proposed' | 'confirmed' | 'dismissed';
  reason: string | null;
  decided_by: string | null;
}

export interface Entry {
  id: string;
  latitude: number | null;
  longitude: number | null;
  met: string | null;
  photographs: number;
  written_at: string;
  author: string;
  organisation_name: string;
  text: string;
  visited_at: string;
  place: string | null;
  incident: string | null;
  drawn_at: string | null;
  rating: number | null;
  word: string | null;
  rated_by: string | null;
  visited: { element: string; id: string; name: string }[];
}
