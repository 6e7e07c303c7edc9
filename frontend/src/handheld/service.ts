/** The handheld at work: what runs while somebody carries the phone, and what pages ask of it. */
import { Problem } from '../api/request';
import { whoAmI } from '../api/client';
import { signOut as endSession } from '../api/client';
import { readDiary, tookEntry } from './diary/ask';
import type { Entry } from '../appraisal/types';
import type { Form } from '../forms/types';
import type { Inspection } from '../inspections/types';
import { forget, keep } from './db';
import { type FixSender, fixSender } from './fixes/sender';
import { stayAwake, track } from './fixes/tracker';
import type { HelpCaseDetail } from '../service/assistance/types';
import type { Commodity, Mine } from '../service/distribution/types';
import { withWaiting } from './distribution';
import type { Item } from './outbox/outbox';
import { type Outbox, outboxSender } from './outbox/sender';
import { refreshGround } from './registry/ground';
import * as session from './session';
import { basemapOf, EMPTY, placeOf, remember, setState, useHandheld } from './store';
import { keepTilesAround } from './tiles/keep';
import { type Link, openLink } from './tasks/link';
import { type Heard, onlyPending, withNotice, withTask } from './tasks/tasks';
import type { Alert, Carrier, Channel, Kind, Notice, Report, Said, Task } from './types';

const FLUSH_MS = 5_000;
/** How often the lists are read while the websocket is away. */
const POLL_MS = 30_000;
const ROLL_CALL_MS = 3_600_000;
const SAID = 100;
const NOT_FOUND = 404;
/** After these the lists say something else. */
const LISTED: readonly Item['doing'][] = ['report', 'receipt', 'inspection', 'visit', 'step'];

let stops: (() => void)[] = [];
let link: Link | null = null;
let fixes: FixSender | null = null;
let stopTracking: (() => void) | null = null;

/** What the member does goes in here. */
export const outbox: Outbox = outboxSender({
  changed: (items) => setState({ outbox: items }),
  done: (item, answer) => took(item, answer),
  signedOut: lost,
});

/** From the start of the page: whoever carried the phone still does. */
export async function start(): Promise<void> {
  const carrier = await session.carrierOf();
  if (carrier) await begin(carrier);
  else setState({ phase: 'signedOut' });
}

export const enrol = async (code: string): Promise<void> => begin(await session.enrol(code));

export const signIn = async (name: string, password: string): Promise<void> => begin(await session.signIn(name, password));

/** Everything on the phone is forgotten, what was not sent included. */
export async function signOut(): Promise<void> {
  end();
  await endSession().catch(() => undefined);
  await forget();
  setState({ ...EMPTY, phase: 'signedOut' });
}

async function begin(carrier: Carrier): Promise<void> {
  end();
  setState({ ...EMPTY, carrier, phase: 'signedIn' });
  stops.push(await remember());
  fixes = fixSender({
    token: carrier.deviceToken,
    told: (waiting, refused) => setState((state) => ({ fixesWaiting: waiting, fixesRefused: state.fixesRefused + refused })),
    refused: lost,
  });
  follow();
  stream(useHandheld.getState().streaming);
  stops.push(stayAwake((awake) => setState({ awake })));
  await connect(carrier);
}

/** Send what waits: now, every few seconds, when the network is back and when the page is seen again. */
function follow(): void {
  const timer = window.setInterval(() => flush(false), FLUSH_MS);
  const poll = window.setInterval(() => useHandheld.getState().link !== 'live' && navigator.onLine && void refresh(), POLL_MS);
  const back = (): void => {
    if (document.visibilityState !== 'visible') return;
    link?.hurry();
    flush(true);
    void refresh();
  };
  window.addEventListener('online', back);
  document.addEventListener('visibilitychange', back);
  stops.push(() => {
    window.clearInterval(timer);
    window.clearInterval(poll);
    window.removeEventListener('online', back);
    document.removeEventListener('visibilitychange', back);
  });
  flush(true);
}

function flush(now: boolean): void {
  void fixes?.flush(now);
  void outbox.flush(now);
}

async function connect(carrier: Carrier): Promise<void> {
  const me = await session.withSession(whoAmI).catch((error: unknown) => {
    if (error instanceof Problem && error.status === 401) lost();
    return carrier.me;
  });
  if (!me || useHandheld.getState().carrier !== carrier) return;
  await keep('carrier', { ...carrier, me });
  link = openLink({ url: session.deviceUrl(me), token: carrier.deviceToken, heard, state: (state) => setState({ link: state }), refused: lost });
  await refresh();
}

/** The lists that the websocket does not tell from the start. */
export async function refresh(): Promise<void> {
  const list = async <T>(path: string, query: Record<string, string | number | boolean>): Promise<T[]> => (await session.read<{ items: T[] }>(path, query)).items;
  const now = Date.now();
  setState((state) => ({ rollCalls: state.rollCalls.filter((call) => now - Date.parse(call.at) < ROLL_CALL_MS) }));
  await Promise.allSettled([
    list<Kind>('/kinds', {}).then((kinds) => setState({ kinds })),
    list<Notice>('/notices', { limit: 50 }).then((notices) => setState({ notices })),
    list<Report>('/incidents', { limit: 50 }).then(tookReports),
    list<Form>('/registry/forms', {}).then((forms) => setState({ forms })),
    list<Inspection>('/registry/inspections', { state: 'due', limit: 200 }).then((due) => setState({ due })),
    refreshGround(),
    list<Channel>('/channels', { limit: 50 }).then((channels) => setState({ channels })),
    list<Commodity>('/commodities', {}).then((commodities) => setState({ commodities })),
    list<HelpCaseDetail>('/assistance/mine', {}).then((cases) => setState({ cases })),
    list<Mine>('/distributions/mine', {}).then((told) => setState((state) => ({ distributions: withWaiting(told, state.outbox.flatMap(receiptOf)) }))),
    session.read<Alert>('/sos').then(
      (sos) => setState({ sos }),
      (error: unknown) => error instanceof Problem && error.status === NOT_FOUND && setState((state) => ({ sos: state.sos && { ...state.sos, state: 'cleared' as const } })),
    ),
  ]);
}

/** The websocket tells of tasks at once; where it does not reach the server, they are in this list, too. */
function tookReports(reports: Report[]): void {
  const { carrier, link: state } = useHandheld.getState();
  setState({ reports });
  if (state === 'live') return;
  const mine = reports.flatMap((report) => tasksOf(report, (one) => one.member === carrier?.member.id));
  setState({ tasks: mine.reverse().reduce<Task[]>(withTask, useHandheld.getState().tasks) });
}

const tasksOf = ({ assignments, ...incident }: Report, isMeant: (one: Report['assignments'][number]) => boolean): Task[] =>
  assignments.filter(isMeant).map((one) => ({ ...one, incident }));

function heard(message: Heard): void {
  switch (message.type) {
    case 'assignment': {
      const known = useHandheld.getState().tasks.some((task) => task.id === message.id);
      if (!known && message.state === 'offered') navigator.vibrate?.([200, 100, 200]);
      setState((state) => ({ tasks: withTask(state.tasks, message) }));
      if (message.delivered_at === null) link?.send({ type: 'received', assignment: message.id });
      break;
    }
    case 'notice':
      setState((state) => ({ notices: withNotice(state.notices, { ...message, read_at: message.read_at ?? null }) }));
      break;
    case 'pending':
      setState((state) => ({ tasks: onlyPending(state.tasks, message.assignments) }));
      break;
    case 'channel':
      heardOnChannel(message);
      break;
    case 'alert':
      heardAlert(message);
      break;
    case 'other':
      break;
  }
}

function heardOnChannel(message: Extract<Heard, { type: 'channel' }>): void {
  const { message: said, roll_call: call, id } = message;
  if (said) addSaid(id, [said]);
  if (call) setState((state) => ({ rollCalls: [{ ...call, channel: id }, ...state.rollCalls.filter((one) => one.id !== call.id)].slice(0, 20) }));
  if (!useHandheld.getState().channels.some((one) => one.id === id)) void refresh();
}

function heardAlert(alert: Alert): void {
  const mine = alert.member === useHandheld.getState().carrier?.member.id;
  if (alert.kind !== 'sos') return;
  if (mine && !alert.drill) setState({ sos: alert });
  else if (!mine) setState((state) => ({ alerts: [alert, ...state.alerts.filter((one) => one.id !== alert.id)].filter((one) => one.state !== 'cleared').slice(0, 20) }));
}

export function addSaid(channel: string, messages: Said[]): void {
  setState((state) => {
    const all = [...(state.said[channel] ?? []).filter((one) => !messages.some((other) => other.id === one.id)), ...messages];
    return { said: { ...state.said, [channel]: all.sort((a, b) => a.at.localeCompare(b.at)).slice(-SAID) } };
  });
}

/** Read what was said on a channel. Throws Problem, and TypeError without a network. */
export async function readChannel(channel: string): Promise<void> {
  const { items } = await session.read<{ items: Said[] }>(`/channels/${encodeURIComponent(channel)}/messages`, { limit: 50 });
  addSaid(channel, items);
}

/** What an answer changes here. */
function took(item: Item, answer: unknown): void {
  if (item.doing === 'sos' || item.doing === 'cancel-sos') setState({ sos: answer as Alert });
  else if (LISTED.includes(item.doing)) void refresh();
  else if (item.doing === 'diary' || item.doing === 'follow-up') tookEntry(answer as Entry);
  else if (item.path.startsWith('/diary/')) void readDiary().catch(() => undefined);
  else if (item.doing === 'house') void refreshGround(true).catch(() => undefined);
  else if (item.task !== undefined && isReport(answer)) setState({ tasks: tasksOf(answer, (one) => one.id === item.task).reduce(withTask, useHandheld.getState().tasks) });
  else if (item.doing === 'say' || item.doing === 'clip') addSaid(item.path.split('/')[2]!, [answer as Said]);
}

/** What a receipt that waits says; nothing of what was refused: that household has not signed. */
const receiptOf = ({ doing, path, body, refusal }: Item) =>
  doing === 'receipt' && !refusal && body ? [{ distribution: decodeURIComponent(path.split('/')[2]!), household: String(body.household), signed_at: String(body.signed_at) }] : [];

/** The answer to a step is the incident as it is then. */
const isReport = (answer: unknown): answer is Report => Array.isArray((answer as Partial<Report> | undefined)?.assignments);

/** Whether this page sends the phone's positions. */
export function stream(on: boolean): void {
  localStorage.setItem('gridwarden.streaming', on ? 'on' : 'off');
  setState({ streaming: on });
  stopTracking?.();
  stopTracking = on ? track({ heard: located, receiver: (receiver) => setState({ receiver }) }) : null;
}

function located(fix: NonNullable<ReturnType<typeof useHandheld.getState>['fix']>, isKept: boolean): void {
  setState({ fix });
  void keepTilesAround(basemapOf(useHandheld.getState()), fix);
  if (isKept) void fixes?.put(fix).then(() => fixes?.flush());
}

/** latitude and longitude of the member, for a command's body; nothing where they are not known. */
export const here = (): Record<string, number> => ({ ...placeOf(useHandheld.getState()) });

/** The server does not know this phone any more: what waits is kept until somebody signs in again. */
function lost(): void {
  setState({ lost: true });
}

function end(): void {
  for (const stop of stops) stop();
  stops = [];
  link?.close();
  link = null;
  stopTracking?.();
  stopTracking = null;
  fixes = null;
}
