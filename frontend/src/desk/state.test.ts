import { describe, expect, it } from 'vitest';
import { anAlert, anIncident } from './samples';
import { byAlarm, byUrgency, clockOf, deedsOf, heard, nothing, withAlert, withIncident } from './state';

const told = (key: number, body: unknown, type = 'incident') => ({ type, key, at: '2026-11-25T00:00:00Z', body });

describe('heard', () => {
  it('takes what is newer and passes over what is older', () => {
    const first = heard(nothing, told(5, anIncident({ version: 3, state: 'accepted' })));
    const late = heard(first, told(4, anIncident({ version: 2, state: 'reported' })));
    expect(late.incidents.get('I-1')?.state).toBe('accepted');
    expect(late.key).toBe(5);
  });

  it('keeps who reported it, which is not told to everybody', () => {
    const known = withIncident(nothing, anIncident({ contact: '555' }));
    expect(heard(known, told(6, anIncident({ version: 2, contact: null }))).incidents.get('I-1')?.contact).toBe('555');
  });

  it('minds alerts, and only counts what it does not know', () => {
    const desk = heard(heard(nothing, told(7, anAlert(), 'alert')), told(9, {}, 'weather'));
    expect([desk.alerts.size, desk.key]).toEqual([1, 9]);
  });

  it('forgets the oldest that ended, never what is open', () => {
    let desk = withIncident(nothing, anIncident({ id: 'open' }));
    for (let n = 0; n < 250; n++) desk = withIncident(desk, anIncident({ id: `I-${n}`, state: 'closed' }));
    expect(desk.incidents.size).toBe(201);
    expect(desk.incidents.has('open')).toBe(true);
    expect(desk.incidents.has('I-0')).toBe(false);
  });
});

it('puts the most urgent first, then what runs out first', () => {
  const rows = [
    anIncident({ id: 'c', priority: 3, due_at: '2026-11-25T01:00:00Z' }),
    anIncident({ id: 'b', priority: 3, due_at: '2026-11-25T00:30:00Z' }),
    anIncident({ id: 'a', priority: 1, due_at: null }),
  ];
  expect(rows.sort(byUrgency).map((one) => one.id)).toEqual(['a', 'b', 'c']);
});

it('puts a cry for help before everything, and what nobody has seen before the rest', () => {
  const rows = [anAlert({ id: 'c', kind: 'silence' }), anAlert({ id: 'b', state: 'acknowledged' }), anAlert({ id: 'a' })];
  expect(rows.sort(byAlarm).map((one) => one.id)).toEqual(['a', 'b', 'c']);
});

it('forgets cleared alerts in time', () => {
  let desk = nothing;
  for (let n = 0; n < 250; n++) desk = withAlert(desk, anAlert({ id: `A-${n}`, state: 'cleared' }));
  expect(desk.alerts.size).toBe(200);
});

it('colours a clock by what is left', () => {
  const now = Date.parse('2026-11-25T00:00:00Z');
  const due = (due_at: string | null) => clockOf(anIncident({ due_at, clock: 'arrive' }), now);
  expect(due(null)).toBeNull();
  expect(due('2026-11-25T01:00:00Z')).toEqual({ left: 3600, tone: 'fine' });
  expect(due('2026-11-25T00:04:00Z')?.tone).toBe('soon');
  expect(due('2026-11-24T23:59:59Z')?.tone).toBe('over');
});

describe('deedsOf', () => {
  it('goes by state and role', () => {
    expect(deedsOf(anIncident({ state: 'feedback' }), 'dispatcher')).toEqual(['verify', 'dispatch', 'escalate']);
    expect(deedsOf(anIncident({ state: 'feedback' }), 'supervisor')).toEqual(['verify', 'escalate']);
    expect(deedsOf(anIncident(), 'observer')).toEqual([]);
  });

  it('has a request answered by those who may', () => {
    const asked = anIncident({ state: 'accepted', request: { what: 'suspend' } });
    expect(deedsOf(asked, 'commander').slice(0, 2)).toEqual(['approve', 'refuse']);
    expect(deedsOf(asked, 'commander')).not.toContain('suspend');
    expect(deedsOf(asked, 'dispatcher')).not.toContain('approve');
  });
});
