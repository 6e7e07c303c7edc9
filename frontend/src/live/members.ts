/** What the live feed has said so far. `reduce` is pure: a message and a state give the next state. */
import type { Frame, Row } from './frame';

/** Who a row is. organisation: registry key. */
export interface MemberInfo {
  key: number;
  device: string;
  member: string | null;
  name: string;
  post: string | null;
  organisation: number;
}

export interface LiveState {
  epoch: string | null;
  sequence: number;
  frames: number;
  /** Server clock minus ours, ms. */
  skew: number;
  info: ReadonlyMap<number, MemberInfo>;
  rows: ReadonlyMap<number, Row>;
  /** Keys whose rows the last message changed; null: everything. */
  touched: readonly number[] | null;
}

export type Message =
  | { type: 'welcome'; epoch: string }
  | { type: 'snapshot'; sequence: number; members: MemberInfo[] }
  | { type: 'members'; added: MemberInfo[]; removed: number[] }
  | { type: 'frame'; frame: Frame; receivedAt: number }
  | { type: 'cleared' };

export const nothing: LiveState = {
  epoch: null,
  sequence: -1,
  frames: 0,
  skew: 0,
  info: new Map(),
  rows: new Map(),
  touched: null,
};

export function reduce(state: LiveState, message: Message): LiveState {
  switch (message.type) {
    case 'welcome':
      return { ...state, epoch: message.epoch, touched: [] };
    case 'snapshot':
      return {
        ...state,
        sequence: message.sequence,
        info: new Map(message.members.map((one) => [one.key, one])),
        rows: new Map(),
        touched: null,
      };
    case 'members':
      return withMembers(state, message.added, message.removed);
    case 'frame':
      return withFrame(state, message.frame, message.receivedAt);
    case 'cleared':
      return { ...nothing, epoch: state.epoch, frames: state.frames, skew: state.skew };
  }
}

/** Several messages in their order; `touched` names what any of them changed. */
export function reduceAll(state: LiveState, messages: readonly Message[]): LiveState {
  let touched: number[] | null = [];
  for (const message of messages) {
    state = reduce(state, message);
    touched = touched && state.touched && [...touched, ...state.touched];
  }
  return { ...state, touched };
}

function withMembers(state: LiveState, added: MemberInfo[], removed: number[]): LiveState {
  const info = new Map(state.info);
  const rows = removed.length ? new Map(state.rows) : state.rows;
  for (const one of added) info.set(one.key, one);
  for (const key of removed) {
    info.delete(key);
    (rows as Map<number, Row>).delete(key);
  }
  return { ...state, info, rows, touched: removed.length ? null : [] };
}

function withFrame(state: LiveState, frame: Frame, receivedAt: number): LiveState {
  const rows = new Map(state.rows);
  for (const row of frame.rows) if (state.info.has(row.key)) rows.set(row.key, row);
  return {
    ...state,
    rows,
    sequence: frame.sequence,
    frames: state.frames + 1,
    skew: frame.serverTime - receivedAt,
    touched: state.rows.size === 0 ? null : frame.rows.map((row) => row.key),
  };
}

/** How many are online, stale and silent. */
export function counts(rows: ReadonlyMap<number, Row>): [number, number, number] {
  const found: [number, number, number] = [0, 0, 0];
  for (const row of rows.values()) found[row.presence] += 1;
  return found;
}
