/** All state of the page. Panels call the commands; nothing is drawn that the server did not say. */
import { create } from 'zustand';
import * as api from '../api/client';
import type { Leg, Me, Organisation, Track } from '../api/types';
import type { Happening } from '../live/message';
import { type LiveState, type Message, nothing, reduceAll } from '../live/members';
import { type Feed, type Link, openFeed } from '../live/socket';
import type { Theme } from '../map/style';

export interface View {
  center: [number, number];
  zoom: number;
  pitch: number;
  bearing: number;
}

interface State {
  me: Me | null;
  /** False until the first answer to "who am I". */
  asked: boolean;
  /** The server gave no answer to it. */
  silent: boolean;
  organisations: Organisation[];
  organisation: string | null;
  live: LiveState;
  /** What is shown in place of `live`: a past instant. */
  past: LiveState | null;
  link: Link;
  selected: number | null;
  following: boolean;
  track: Track | null;
  trips: Leg[];
  /** Instant of the replay, ms since 1970; null: the track's first. */
  moment: number | null;
  replay: [number, number] | null;
  goTo: [number, number] | null;
  theme: Theme;
  buildings: boolean;
  view: View | null;
  chosen(): Organisation | null;
  start(): Promise<void>;
  signIn(name: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  choose(organisation: string | null): void;
  select(key: number | null): void;
  follow(following: boolean): void;
  loadTrack(hours: number): Promise<void>;
  setReplay(place: [number, number] | null): void;
  setMoment(moment: number | null): void;
  find(key: number): void;
  setTheme(theme: Theme): void;
  setBuildings(buildings: boolean): void;
}

const TRACK_TOLERANCE_M = 2;
const HIDDEN_PAUSE_MS = 250;
/** Buildings stand from this zoom on, and are seen from the side, in degrees. */
const SOLID_ZOOM = 14.7;
const SOLID_PITCH = 55;

const noHistory = { track: null, trips: [], replay: null, moment: null } satisfies Partial<State>;

/** What map and lists show: now, or the past instant that is looked at. */
export const shownOf = (state: Pick<State, 'live' | 'past'>): LiveState => state.past ?? state.live;

/** What is told of what happens: each area says what it does with it. */
export interface Listener {
  /** Signed in, or more happened than could be told: read your lists. */
  begin(): void;
  hear(happening: Happening): void;
  /** Signed out. */
  end(): void;
}

const listeners: Listener[] = [];

/** Tell `listener` from now on; of one that comes late, what it missed is in its lists. */
export function listen(listener: Listener): void {
  listeners.push(listener);
  if (useStore.getState().me) listener.begin();
}

let newest: number | null = null;

let feed: Feed | null = null;
let waiting: Message[] = [];

const savedTheme = (): Theme => (globalThis.localStorage?.getItem('gridwarden.theme') === 'light' ? 'light' : 'dark');

export const useStore = create<State>()((set, get) => ({
  me: null,
  asked: false,
  silent: false,
  organisations: [],
  organisation: null,
  live: nothing,
  past: null,
  link: 'connecting',
  selected: null,
  following: false,
  ...noHistory,
  goTo: null,
  theme: savedTheme(),
  buildings: false,
  view: null,

  chosen: () => get().organisations.find((one) => one.id === get().organisation) ?? null,

  async start() {
    try {
      await enter(await api.whoAmI());
    } catch (error) {
      set({ silent: !(error instanceof api.Problem) });
    }
    set({ asked: true });
  },
  async signIn(name, password) {
    await enter(await api.signIn(name, password));
  },
  async signOut() {
    await api.signOut().catch(() => undefined);
    leave();
  },
  choose(organisation) {
    set({ organisation, selected: null, ...noHistory });
    feed?.subscribe(organisation);
  },
  select(key) {
    set({ selected: key, following: false, ...noHistory });
  },
  follow(following) {
    set({ following });
  },
  async loadTrack(hours) {
    const member = get().live.info.get(get().selected ?? -1)?.member;
    if (!member) return;
    const now = new Date(Date.now() + get().live.skew);
    const from = new Date(now.getTime() - hours * 3_600_000);
    const [track, trips] = await Promise.all([api.track(member, from, now, TRACK_TOLERANCE_M), api.trips(member, from, now)]);
    if (get().live.info.get(get().selected ?? -1)?.member === member) set({ ...noHistory, track, trips });
  },
  setReplay(replay) {
    set({ replay });
  },
  setMoment(moment) {
    set({ moment });
  },
  find(key) {
    const row = shownOf(get()).rows.get(key);
    set({ selected: key, following: false, ...noHistory, goTo: row ? [row.longitude, row.latitude] : null });
  },
  setTheme(theme) {
    localStorage.setItem('gridwarden.theme', theme);
    set({ theme });
  },
  setBuildings(buildings) {
    const view = get().view;
    const seen = buildings ? { pitch: SOLID_PITCH, zoom: Math.max(view?.zoom ?? 0, SOLID_ZOOM) } : { pitch: 0 };
    set({ buildings, view: view && { ...view, ...seen } });
  },
}));

async function enter(me: Me): Promise<void> {
  useStore.setState({ me, organisations: await api.organisations(), live: nothing });
  newest = null;
  feed = openFeed({
    url: liveUrl(me),
    heard(message) {
      if (newest === null && isFresh(message)) begin();
      later(message);
    },
    happened(happening) {
      newest = Math.max(newest ?? 0, happening.key);
      for (const one of listeners) one.hear(happening);
    },
    gap: begin,
    after: () => newest,
    link: (link) => useStore.setState({ link }),
    signedOut: leave,
    resume: () => {
      const { epoch, sequence } = useStore.getState().live;
      return epoch === null || sequence < 0 ? null : { epoch, sequence };
    },
  });
}

/** What the lists say may be missed from here on: a first snapshot, or a new connection with no key to go on from. */
const isFresh = (message: Message): boolean => message.type === 'snapshot' || (message.type === 'welcome' && useStore.getState().live.sequence >= 0);

function begin(): void {
  for (const one of listeners) one.begin();
}

function leave(): void {
  feed?.close();
  feed = null;
  for (const one of listeners) one.end();
  useStore.setState({ me: null, live: nothing, past: null, organisation: null, selected: null, ...noHistory });
}

function liveUrl(me: Me): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return me.links.live ?? `${scheme}://${location.hostname}:${me.links.live_port}/live`;
}

/** Messages are applied together, once a frame of the screen; a hidden page has no frames, so a timer ends the wait. */
function later(message: Message): void {
  waiting.push(message);
  if (waiting.length > 1) return;
  const frame = requestAnimationFrame(apply);
  const timer = window.setTimeout(apply, HIDDEN_PAUSE_MS);
  function apply(): void {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    const messages = waiting;
    waiting = [];
    useStore.setState({ live: reduceAll(useStore.getState().live, messages) });
  }
}
