import { expect, it } from 'vitest';
import { addressOf, choiceOf, deedsOf, hasEnded, placeOf, questionOf } from './state';
import { KINDS, STATES } from './types';
import { en, zh } from './words';

const known = (query: Record<string, string>) => choiceOf(query, STATES, KINDS);

it('offers nothing to who only reads', () => {
  expect(STATES.flatMap((state) => deedsOf(state, 'supervisor'))).toEqual([]);
});

it('asks for a follow-up after the end, and sends on before it', () => {
  for (const state of STATES) {
    expect(deedsOf(state, 'officer').includes('follow-up')).toBe(hasEnded(state));
    expect(deedsOf(state, 'officer').includes('send-on')).toBe(!hasEnded(state));
  }
});

it('makes an incident only of what is received or in hand', () => {
  expect(STATES.filter((state) => deedsOf(state, 'dispatcher').includes('forward'))).toEqual(['received', 'in_hand']);
});

it('says nothing to who withdrew', () => {
  expect(deedsOf('withdrawn', 'administrator')).toEqual(['follow-up']);
});

it('shows what is open where the address says nothing, or nonsense', () => {
  expect(known({})).toEqual({ state: 'open', kind: undefined, organisation: undefined });
  expect(known({ state: 'lost', kind: 'gossip' })).toEqual(known({}));
  expect(questionOf(known({}), '')).toMatchObject({ open: true, state: undefined, q: undefined });
});

it('comes back to the filters that it wrote into the address', () => {
  const choice = { state: 'answered', kind: 'help', organisation: 'city' } as const;
  expect(known(addressOf(choice) as Record<string, string>)).toEqual(choice);
  expect(questionOf(choice, '  lamp ')).toEqual({ state: 'answered', open: undefined, kind: 'help', organisation: 'city', q: 'lamp' });
  expect(questionOf({ ...choice, state: 'all' }, '')).toMatchObject({ state: undefined, open: undefined });
  expect(questionOf({ ...choice, state: 'overdue' }, '', ['overdue'])).toEqual({ overdue: true, kind: 'help', organisation: 'city', q: undefined });
});

it('reads a place, and nothing else, as a place', () => {
  expect(placeOf(' 51.15, 71.43 ')).toEqual({ latitude: 51.15, longitude: 71.43 });
  expect(placeOf('51.15,71.43')).toEqual({ latitude: 51.15, longitude: 71.43 });
  for (const text of ['', '51.15', 'here, there', '91, 0', '0, 181', '1, 2, 3', 'NaN, 1']) expect(placeOf(text)).toBeNull();
});

const sources = import.meta.glob<string>(['./**/*.tsx'], { query: '?raw', import: 'default', eager: true });

it('has every word that a view asks for, with the same places to fill in both languages', () => {
  const asked = Object.values(sources).flatMap((text) => [...text.matchAll(/\bt\('([\w-]+)'/g)].map(([, key]) => key!));
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((key) => !(key in en))).toEqual([]);
  const places = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(([place]) => place).sort().join();
  expect(Object.keys(en).filter((key) => places(en[key as keyof typeof en]) !== places(zh[key as keyof typeof en]))).toEqual([]);
});
