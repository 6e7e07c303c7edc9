/** The time machine's state: which instant, how fast, and what was fetched of it. It puts the picture into the page's store. */
import { create } from 'zustand';
import { reasonOf } from '../api/request';
import { useDesk } from '../desk/store';
import { useStore } from '../state/store';
import { everybodyAt, type PastAlert, type PastIncident, pastAlerts, pastIncidents, ways } from './api';
import { exactRows, infoOf, picture, rowsAt, type Span, spanOf } from './picture';
import { chunkFrom, dayOf, deskAt, isSame } from './steps';

export const PACES = [1, 10, 60, 300, 600] as const;

interface TimeState {
  /** The instant looked at, ms since 1970; null: the time machine is not open. */
  at: number | null;
  pace: number;
  playing: boolean;
  /** Playing waits for the server. */
  waiting: boolean;
  problem: string | null;
  /** The day that is on the line, ms. */
  day: [number, number];
  incidents: readonly PastIncident[];
  alerts: readonly PastAlert[];
  open(at: number, pace: number): void;
  close(): void;
  seek(at: number): void;
  setPace(pace: number): void;
  play(playing: boolean): void;
}

/** After the last move of the slider, until the server is asked, ms. */
const SETTLE_MS = 120;
const AGAIN_MS = 30_000;
/** The next chunk is asked for when less than this is left, in seconds of playing. */
const AHEAD_S = 8;
/** A picture's cost grows with the members: between two of them, ms. */
const pictureEvery = (members: number): number => Math.max(33, members / 100);

let spans: Span[] = [];
let asking = false;
let frame = 0;
let settle = 0;
let asked: AbortController | null = null;
let refresh = 0;
let ticking = 0;

export const useTime = create<TimeState>()((set, get) => ({
  at: null,
  pace: 60,
  playing: false,
  waiting: false,
  problem: null,
  day: dayOf(Date.now()),
  incidents: [],
  alerts: [],

  open(at, pace) {
    set({ pace, playing: false });
    get().seek(at);
    window.clearInterval(refresh);
    window.clearInterval(ticking);
    refresh = window.setInterval(() => void loadDay(), AGAIN_MS);
    ticking = window.setInterval(holdAges, 1000);
  },
  close() {
    cancelAnimationFrame(frame);
    window.clearTimeout(settle);
    window.clearInterval(refresh);
    window.clearInterval(ticking);
    asked?.abort();
    spans = [];
    set({ at: null, playing: false, waiting: false, problem: null, incidents: [], alerts: [] });
    useStore.setState({ past: null });
    useDesk.setState({ past: null });
  },
  seek(wanted) {
    const at = Math.min(Math.max(wanted, 0), serverNow());
    const day = dayOf(at);
    const other = get().at === null || day[0] !== get().day[0];
    set({ at, ...(other ? { day, incidents: [], alerts: [] } : {}) });
    showDesk();
    if (other) void loadDay();
    if (!covered(at)) spans = [];
    if (get().playing) return;
    window.clearTimeout(settle);
    settle = window.setTimeout(() => void showExactly(at), SETTLE_MS);
  },
  setPace(pace) {
    spans = [];
    set({ pace });
  },
  play(playing) {
    cancelAnimationFrame(frame);
    const at = get().at;
    if (at === null) return;
    set({ playing, waiting: false });
    if (playing) run();
    else get().seek(at);
  },
}));

/** The server's clock, ms. */
export const serverNow = (): number => Date.now() + useStore.getState().live.skew;

const covered = (at: number): Span | undefined => spans.find((one) => one.from <= at && at <= one.to);

/** Everybody at that instant as the server says: what stands still is exact. */
async function showExactly(at: number): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const items = await everybodyAt(at, signal);
    if (signal.aborted || useTime.getState().at !== at) return;
    const info = infoOf(items, useStore.getState().organisations);
    useStore.setState({ past: picture(info, exactRows(items, at), at, Date.now()) });
    useTime.setState({ problem: null });
  } catch (error) {
    if (!signal.aborted) useTime.setState({ problem: reasonOf(error) });
  }
}

/** Ages are those of the instant, however long somebody looks at it. */
function holdAges(): void {
  const { past } = useStore.getState();
  const { at, playing } = useTime.getState();
  if (past && at !== null && !playing) useStore.setState({ past: { ...past, skew: at - Date.now() } });
}

async function loadDay(): Promise<void> {
  const { day, at } = useTime.getState();
  if (at === null) return;
  try {
    const [incidents, alerts] = await Promise.all([pastIncidents(...day), pastAlerts(...day)]);
    if (useTime.getState().day[0] === day[0] && useTime.getState().at !== null) {
      useTime.setState({ incidents, alerts });
      showDesk();
    }
  } catch (error) {
    useTime.setState({ problem: reasonOf(error) });
  }
}

/** What was open at the instant takes the place of what is open now. */
function showDesk(): void {
  const { incidents, alerts, at } = useTime.getState();
  const before = useDesk.getState().past;
  const past = deskAt(incidents, alerts, at ?? 0);
  if (before === null || !isSame(before, past)) useDesk.setState({ past });
}

/** Play: each frame a little later, a picture as often as it pays, the next chunk in time. */
function run(): void {
  let before = performance.now();
  let drawn = 0;
  const step = (now: number) => {
    frame = requestAnimationFrame(step);
    const { at, pace } = useTime.getState();
    if (at === null) return;
    void fetchAhead(at, pace);
    const span = covered(at);
    const passed = now - before;
    before = now;
    useTime.setState({ waiting: !span });
    if (!span) return;
    const next = Math.min(at + passed * pace, span.to + 1, serverNow());
    if (now - drawn >= pictureEvery(span.keys.length)) {
      drawn = now;
      useStore.setState({ past: picture(span.info, rowsAt(span, next), next, Date.now()) });
    }
    if (next >= serverNow() - 1000) useTime.getState().play(false);
    else useTime.getState().seek(next);
  };
  frame = requestAnimationFrame(step);
}

async function fetchAhead(at: number, pace: number): Promise<void> {
  const last = covered(at + AHEAD_S * 1000 * pace) ?? null;
  if (asking || last) return;
  asking = true;
  const from = covered(at)?.to ?? at;
  const { to, step } = chunkFrom(from, pace, useStore.getState().live.info.size);
  try {
    const told = await ways(from, Math.max(from + 1000, Math.min(to, serverNow())), step);
    const span = spanOf(told, step, useStore.getState().organisations);
    const { at: now, pace: paced } = useTime.getState();
    if (now !== null && paced === pace) spans = [...spans.filter((one) => one.to >= now), span];
  } catch (error) {
    useTime.setState({ problem: reasonOf(error) });
    useTime.getState().play(false);
  }
  asking = false;
}
