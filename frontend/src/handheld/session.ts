/** Signing in, staying signed in, and asking the API as the member. */
import { get, post, Problem, request } from '../api/request';
import type { Me } from '../api/types';
import { signIn as signInByName, whoAmI } from '../api/client';
import { forget, keep, kept } from './db';
import type { Carrier } from './types';

interface Told {
  member: { id: string; name: string };
  device: string;
  device_token: string;
}

const UNAUTHORISED = 401;

export const carrierOf = async (): Promise<Carrier | null> => (await kept<Carrier>('carrier')) ?? null;

/** Use a code up: this phone is the member's from then on. Throws Problem. */
export const enrol = async (code: string): Promise<Carrier> => taken(await post<Told>('/enrolment', { code }));

/** By name and password. Throws Problem, also for who is no member. */
export async function signIn(name: string, password: string): Promise<Carrier> {
  await signInByName(name, password);
  return taken(await post<Told>('/handheld'));
}

/** What another member left on this phone is not sent in this one's name. */
async function taken(told: Told): Promise<Carrier> {
  const before = await carrierOf();
  if (before && before.member.id !== told.member.id) await forget();
  const carrier = { member: told.member, device: told.device, deviceToken: told.device_token, me: await whoAmI() };
  await keep('carrier', carrier);
  return carrier;
}

let renewal: Promise<void> | null = null;

/** Another session by the device token; several who ask at once get the same. Throws Problem 401 where that is refused. */
function renew(): Promise<void> {
  renewal ??= (async () => {
    const carrier = await carrierOf();
    if (!carrier) throw new Problem(UNAUTHORISED, 'signed out');
    await post('/handheld/session', { device_token: carrier.deviceToken });
  })().finally(() => (renewal = null));
  return renewal;
}

/** Ask, and once more with a new session where the last one has ended. */
export async function withSession<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== UNAUTHORISED) throw error;
    await renew();
    return ask();
  }
}

export const read = <T>(path: string, query: Record<string, string | number | boolean> = {}): Promise<T> => withSession(() => get<T>(path, query));

export const sent = (method: string, path: string, options: Parameters<typeof request>[2]): Promise<unknown> =>
  withSession(() => request(method, path, options));

/** Where the websocket of handhelds is. */
export function deviceUrl(me: Me): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return me.links.live?.replace(/\/live$/, '/device') ?? `${scheme}://${location.hostname}:${me.links.live_port}/device`;
}
