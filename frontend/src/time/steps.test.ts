import { describe, expect, it } from 'vitest';
import type { IncidentStep, PastAlert, PastAssignment, PastIncident } from './api';
import { assignmentAt, chunkFrom, dayOf, deskAt, histogram, isSame, stepAt } from './steps';

const NOON = Date.parse('2026-11-24T12:00:00Z');
const MINUTE = 60_000;
const step = (minute: number, state: IncidentStep['state'], priority = 3): IncidentStep => ({
  at: new Date(NOON + minute * MINUTE).toISOString(), action: 'x', state, priority, kind: 'E1', kind_en: 'e', kind_zh: 'e', organisation: 'o',
});
const incident = (id: string, minute: number, steps: IncidentStep[]): PastIncident => ({
  id, latitude: 51, longitude: 71, address: null, description: 'd', drill: false, reported_at: new Date(NOON + minute * MINUTE).toISOString(), steps, assignments: [],
});
const LIFE = [step(0, 'reported'), step(5, 'accepted', 1), step(9, 'closed'), step(20, 'accepted', 1)];

describe('how an incident stood', () => {
  it.each([
    [-1, null], [0, 'reported'], [4.9, 'reported'], [5, 'accepted'], [9, null], [15, null], [20, 'accepted'],
  ])('at minute %d', (minute, state) => {
    expect(stepAt(LIFE, NOON + minute * MINUTE)?.state ?? null).toBe(state);
  });
  it('and was not there without a step', () => expect(stepAt([], NOON)).toBeNull());
});

describe('the desk of then', () => {
  const alert: PastAlert = {
    id: 'L-1', kind: 'sos', text: 't', drill: false, latitude: 51.5, longitude: 71.5, raised_at: '', member: null, name: null, organisation: 'o',
    steps: [{ at: new Date(NOON).toISOString(), action: 'x', state: 'raised' }, { at: new Date(NOON + 2 * MINUTE).toISOString(), action: 'x', state: 'cleared' }],
  };
  const at = (minute: number) => deskAt([incident('I-1', 0, LIFE)], [alert], NOON + minute * MINUTE);

  it('has what was open with its state and priority of then', () => {
    expect([...at(1).incidents.values()].map((one) => [one.id, one.state, one.priority])).toEqual([['I-1', 'reported', 3]]);
    expect([...at(1).alerts.values()].map((one) => [one.id, one.state])).toEqual([['L-1', 'raised']]);
    expect([...at(6).incidents.values()].map((one) => one.priority)).toEqual([1]);
    expect([at(10).incidents.size, at(10).alerts.size]).toEqual([0, 0]);
  });

  it('is another only when something took a step', () => {
    expect([isSame(at(3), at(4)), isSame(at(4), at(6)), isSame(at(1), at(3))]).toEqual([true, false, false]);
  });
});

it('an assignment stands as far as it had come', () => {
  const when = (minute: number) => new Date(NOON + minute * MINUTE).toISOString();
  const sent: PastAssignment = {
    id: 'A-1', member: 'ann', name: 'Ann', department: null, purpose: 'handle',
    offered_at: when(1), acknowledged_at: when(2), en_route_at: null, on_scene_at: when(5), ended_at: when(9),
  };
  expect([0, 1, 2, 5, 8.9, 9].map((minute) => assignmentAt(sent, NOON + minute * MINUTE)?.state ?? null)).toEqual([null, 'offered', 'acknowledged', 'on_scene', 'on_scene', null]);
});

it('a histogram counts what was reported in each part, and nothing outside', () => {
  const found = [0, 1, 9.99, 10, -1, 20].map((minute, n) => incident(`I-${n}`, minute, []));
  expect(histogram(found, NOON, NOON + 20 * MINUTE, 2)).toEqual([3, 1]);
});

describe('a chunk', () => {
  it('lasts as long at every pace', () => {
    expect(chunkFrom(NOON, 1, 200)).toEqual({ from: NOON, to: NOON + 20_000, step: 1 });
    expect(chunkFrom(NOON, 600, 200)).toEqual({ from: NOON, to: NOON + 12_000_000, step: 75 });
  });
  it('is thinner the more members there are', () => {
    const chunk = chunkFrom(NOON, 60, 10_000);
    expect(((chunk.to - chunk.from) / 1000 / chunk.step) * 10_000).toBeLessThanOrEqual(80_000);
  });
});

it('a day is from midnight to midnight here', () => {
  const [from, to] = dayOf(NOON);
  expect(new Date(from).getHours()).toBe(0);
  expect(new Date(to).getHours()).toBe(0);
  expect(from <= NOON && NOON < to).toBe(true);
});
