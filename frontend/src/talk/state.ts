/** Channels and what was said on them, as told last. Pure. */
import type { Channel, Message } from './types';

export interface Talk {
  channels: ReadonlyMap<string, Channel>;
  /** By channel, the oldest first; of channels that were looked at. */
  said: ReadonlyMap<string, readonly Message[]>;
  /** Messages heard on channels that are not open. */
  unheard: ReadonlyMap<string, number>;
  /** Grows when somebody answered a roll call. */
  answers: number;
}

export const silence: Talk = { channels: new Map(), said: new Map(), unheard: new Map(), answers: 0 };

/** Messages of a channel that are kept. */
const MOST = 300;

/** The body of a happening on a channel. */
interface Told {
  id: string;
  name?: string;
  opened?: Channel | object;
  message?: Message;
  answer?: object;
}

/** What is known behind a happening; open: the channel that is looked at. */
export function heard(talk: Talk, body: unknown, open: string | null): Talk {
  const told = body as Told;
  if (told.message) return withMessage(talk, told.id, told.message, open === told.id);
  if (told.answer) return { ...talk, answers: talk.answers + 1 };
  return talk;
}

export function withMessage(talk: Talk, channel: string, message: Message, isOpen: boolean): Talk {
  const before = talk.said.get(channel) ?? [];
  if (before.some((one) => one.id === message.id)) return talk;
  const said = talk.said.has(channel) ? new Map(talk.said).set(channel, [...before, message].slice(-MOST)) : talk.said;
  const unheard = isOpen ? talk.unheard : new Map(talk.unheard).set(channel, (talk.unheard.get(channel) ?? 0) + 1);
  return { ...talk, said, unheard };
}

/** The newest messages of a channel as the API gives them, the newest first. */
export function withMessages(talk: Talk, channel: string, newest: readonly Message[]): Talk {
  return { ...talk, said: new Map(talk.said).set(channel, newest.toReversed()), unheard: without(talk.unheard, channel) };
}

function without(all: ReadonlyMap<string, number>, key: string): ReadonlyMap<string, number> {
  const rest = new Map(all);
  rest.delete(key);
  return rest;
}
