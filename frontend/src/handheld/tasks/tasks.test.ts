import { describe, expect, it } from 'vitest';
import type { Notice, Task } from '../types';
import { onlyPending, readHeard, seemsThere, wayTo, withNotice, withTask } from './tasks';

const task = (id: string, more: Partial<Task> = {}, priority = 3): Task => ({
  id, state: 'offered', purpose: 'handle', offered_at: '2026-11-24T08:00:00Z', answer_by: null, delivered_at: null,
  arrival_proposed_at: null, metres: null, ...more,
  incident: { id: 'I-1', state: 'dispatched', kind: 'C0101', kind_en: 'Cover', kind_zh: '井盖', priority, address: null, description: '', drill: false, due_at: null, latitude: 51.1, longitude: 71.4 },
});

describe('tasks', () => {
  it('stand by urgency, then age, and ended ones last', () => {
    const told = [task('A-1'), task('A-2', { state: 'handled' }), task('A-3', {}, 1), task('A-4', { offered_at: '2026-11-24T07:00:00Z' })];
    expect(told.reduce<Task[]>(withTask, []).map((one) => one.id)).toEqual(['A-3', 'A-4', 'A-1', 'A-2']);
  });
  it('are there once, as they were told last', () => {
    const after = withTask(withTask([], task('A-1')), task('A-1', { state: 'on_scene' }));
    expect(after.map((one) => one.state)).toEqual(['on_scene']);
  });
  it('are over when the server lists others only', () => {
    expect(onlyPending([task('A-1'), task('A-2')], ['A-2']).map((one) => one.state)).toEqual(['over', 'offered']);
  });
  it('that ended are kept up to twenty', () => {
    const many = Array.from({ length: 40 }, (_, n) => task(`A-${n}`, { state: 'handled' }));
    expect(many.reduce<Task[]>(withTask, [])).toHaveLength(20);
  });
});

it('notices are there once, the newest first', () => {
  const notice = (id: string, at: string): Notice => ({ id, at, title: '', body: '', urgent: false, author: '', read_at: null });
  const all = [notice('N-1', '2026-11-24T08:00:00Z'), notice('N-2', '2026-11-24T09:00:00Z'), notice('N-1', '2026-11-24T08:00:00Z')];
  expect(all.reduce<Notice[]>(withNotice, []).map((one) => one.id)).toEqual(['N-2', 'N-1']);
});

it('the way to a place has metres and a bearing', () => {
  const north = wayTo({ latitude: 51.1, longitude: 71.4 }, { latitude: 51.101, longitude: 71.4 });
  expect(north.metres).toBeCloseTo(111.2, 1);
  expect(north.bearing).toBeCloseTo(0);
  expect(wayTo({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: -0.01 }).bearing).toBeCloseTo(270);
});

it('arrival is proposed within 50 m, or when the server does', () => {
  expect(seemsThere(task('A-1'), { latitude: 51.1004, longitude: 71.4 })).toBe(true);
  expect(seemsThere(task('A-1'), { latitude: 51.101, longitude: 71.4 })).toBe(false);
  expect(seemsThere(task('A-1'), null)).toBe(false);
  expect(seemsThere(task('A-1', { arrival_proposed_at: '2026-11-24T08:00:00Z' }), null)).toBe(true);
});

it('messages of unknown types are passed over, what is no JSON is not', () => {
  expect(readHeard('{"type":"ack"}').type).toBe('other');
  expect(readHeard('{"type":"pending","assignments":[],"notices":[]}').type).toBe('pending');
  expect(() => readHeard('nonsense')).toThrow();
});
