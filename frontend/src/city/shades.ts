/** What the colour of a building says. Pure. */
import type { Theme } from '../map/style';
import type { Building } from './types';

export const SHADES = ['use', 'residents', 'vacant', 'rented', 'from_away', 'groups'] as const;
export type Shade = (typeof SHADES)[number];

/** group: the code of the special group that is counted; null: all who need care. */
export interface Colouring {
  shade: Shade;
  group: string | null;
}

/** Steps of a figure, from none to much. */
const RAMP: Record<Theme, readonly string[]> = {
  dark: ['#334150', '#155e75', '#0891b2', '#22d3ee', '#facc15'],
  light: ['#d8d3c8', '#a5d8e6', '#3fb0cc', '#0e7490', '#b45309'],
};
const USES: Record<Theme, Readonly<Record<string, string>>> = {
  dark: { residential: '#2f7f93', commercial: '#c98a2b', public: '#7c6bd0', industrial: '#8a6a5a', mixed: '#4f9a6b', other: '#46535f' },
  light: { residential: '#7fbccb', commercial: '#e0a24a', public: '#9d8ee6', industrial: '#b99a88', mixed: '#83bf97', other: '#c3bdb1' },
};
/** Figures from which each step but the first begins. */
const STEPS: Record<Exclude<Shade, 'use'>, readonly number[]> = {
  residents: [1, 10, 40, 120], vacant: [0.01, 0.05, 0.1, 0.2], rented: [0.01, 0.1, 0.25, 0.5], from_away: [0.01, 0.1, 0.25, 0.5], groups: [1, 2, 5, 10],
};

/** Special groups that a commander asks for first: all of them together, but for party members. */
const careOf = (building: Building): number =>
  Object.entries(building.groups).reduce((sum, [code, count]) => (code === 'party_member' ? sum : sum + count), 0);

/** The figure that is shown, a share between 0 and 1 where it is one. */
export function figureOf(building: Building, shade: Exclude<Shade, 'use'>, group: string | null = null): number {
  if (shade === 'residents') return building.residents;
  if (shade === 'groups') return group === null ? careOf(building) : (building.groups[group] ?? 0);
  const whole = shade === 'from_away' ? building.residents : building.homes;
  return whole > 0 ? building[shade] / whole : 0;
}

export function colourOf(building: Building, { shade, group }: Colouring, theme: Theme): string {
  if (shade === 'use') return USES[theme][building.use] ?? USES[theme].other!;
  const figure = figureOf(building, shade, group);
  return RAMP[theme][STEPS[shade].filter((from) => figure >= from).length]!;
}

/** The legend: a colour and what it stands for: a use, or the least figure of the step. */
export function legendOf(shade: Shade, theme: Theme): { colour: string; label: string }[] {
  if (shade === 'use') return Object.entries(USES[theme]).map(([label, colour]) => ({ colour, label }));
  const share = shade !== 'residents' && shade !== 'groups';
  return ['0', ...STEPS[shade].map((from) => (share ? `≥ ${Math.round(from * 100)} %` : `≥ ${from}`))].map((label, n) => ({ colour: RAMP[theme][n]!, label }));
}

/** Height in metres; of one that nobody measured, by its floors. */
export const heightOf = (building: Building): number => building.height_m ?? building.floors * 3.1;
