/** All state of the handheld. Pages show it and add to the outbox; what the server did not say is marked as waiting. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Form } from '../forms/types';
import type { Inspection } from '../inspections/types';
import type { Theme } from '../map/style';
import type { HelpCaseDetail } from '../service/assistance/types';
import type { Commodity, Mine } from '../service/distribution/types';
import { keep, kept } from './db';
import type { Entry, Score } from '../appraisal/types';
import type { Fix } from './fixes/queue';
import type { Receiver } from './fixes/tracker';
import type { Item } from './outbox/outbox';
import type { Ground } from './registry/types';
import type { LinkState } from './tasks/link';
import type { KeptWay } from './tasks/ways';
import type { Alert, Carrier, Channel, Kind, Notice, Place, Report, RollCall, Said, Task } from './types';

interface State {
  phase: 'starting' | 'signedOut' | 'signedIn';
  carrier: Carrier | null;
  /** Why the server does not know this phone any more. */
  lost: boolean;
  link: LinkState;
  receiver: Receiver;
  streaming: boolean;
  awake: boolean;
  fix: Fix | null;
  fixesWaiting: number;
  fixesRefused: number;
  outbox: Item[];
  tasks: Task[];
  notices: Notice[];
  kinds: Kind[];
  reports: Report[];
  channels: Channel[];
  said: Record<string, Said[]>;
  rollCalls: RollCall[];
  alerts: Alert[];
  distributions: Mine[];
  commodities: Commodity[];
  cases: HelpCaseDetail[];
  sos: Alert | null;
  /** The way to a task, by its id. */
  ways: Readonly<Record<string, KeptWay>>;
  diary: Entry[];
  score: Score | null;
  forms: Form[];
  ground: Ground | null;
  /** Inspections of the member's grids that are open. */
  due: Inspection[];
  theme: Theme;
  /** A newer version of this page waits. */
  newer: boolean;
}

const savedTheme = (): Theme => {
  const saved = localStorage.getItem('gridwarden.theme');
  if (saved === 'light' || saved === 'dark') return saved;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
};

export const EMPTY = {
  carrier: null, lost: false, link: 'connecting', receiver: 'off', awake: false, fix: null, fixesWaiting: 0, fixesRefused: 0, outbox: [],
  tasks: [], notices: [], kinds: [], reports: [], channels: [], said: {}, rollCalls: [], alerts: [], sos: null, ways: {}, distributions: [], commodities: [],
  diary: [], score: null,
  forms: [], ground: null, due: [], cases: [],
} satisfies Partial<State>;

export const useHandheld = create<State>()(() => ({
  phase: 'starting',
  ...EMPTY,
  streaming: localStorage.getItem('gridwarden.streaming') !== 'off',
  theme: savedTheme(),
  newer: false,
}));

export const setState = useHandheld.setState;

/** Where the map is read. */
export const basemapOf = ({ carrier }: Pick<State, 'carrier'>): string => carrier?.me?.links.basemap ?? '/basemap/astana.pmtiles';

export function setTheme(theme: Theme): void {
  localStorage.setItem('gridwarden.theme', theme);
  setState({ theme });
}

/** What is shown without a network, too. */
const REMEMBERED = ['tasks', 'notices', 'kinds', 'reports', 'channels', 'said', 'rollCalls', 'sos', 'ways', 'distributions', 'commodities',
  'diary', 'score', 'forms', 'ground', 'due', 'cases'] as const;

/** What was last known, and from then on whatever changes of it is kept. */
export async function remember(): Promise<() => void> {
  const values = await Promise.all(REMEMBERED.map((name) => kept(name)));
  setState(Object.fromEntries(REMEMBERED.flatMap((name, n) => (values[n] === undefined ? [] : [[name, values[n]]]))));
  return useHandheld.subscribe((now, before) => {
    for (const name of REMEMBERED) if (now[name] !== before[name]) void keep(name, now[name]);
  });
}

/** Where the member is, as far as the phone knows. */
export const placeOf = (state: Pick<State, 'fix'>): Place | null =>
  state.fix && { latitude: state.fix.latitude, longitude: state.fix.longitude };

/** `placeOf` for a view: the same object as long as the fix is the same. */
export function usePlace(): Place | null {
  const fix = useHandheld((state) => state.fix);
  return useMemo(() => placeOf({ fix }), [fix]);
}
