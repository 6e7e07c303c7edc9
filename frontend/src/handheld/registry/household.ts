/** A household as it is written down at the door: what is still missing, and what is sent, one thing after the other. Pure. */
import { type Draft, MADE } from '../outbox/outbox';
import type { Place } from '../types';
import type { Filled, Household, Resident, Target } from './types';

export const nobody = (relation: Resident['relation']): Resident => ({ name: '', relation, gender: '', birth_date: '', telephone: '', identity: '', residence: 'registered' });

export const emptyHousehold = (): Household => ({ house: '', door: null, tenure: 'unknown', people: [nobody('head')], filled: [] });

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** Whether the server would take it: GB 11643 with its check character, or another paper's number with letters. */
export function isIdentity(text: string): boolean {
  const plain = text.replaceAll(/[\s\-()（）·.]+/g, '').toUpperCase();
  if (/^\d{17}[\dX]$/.test(plain)) return CHECKS[WEIGHTS.reduce((sum, weight, n) => sum + weight * Number(plain[n]), 0) % CHECKS.length] === plain[17];
  return /^(?=.*[A-Z])[\dA-Z]{5,20}$/.test(plain);
}

export const isTelephone = (text: string): boolean => /^\+?\d{3,15}$/.test(text.replaceAll(/[\s\-()（）·.]+/g, ''));

/** Words of what is missing or wrong; empty when it may be sent. */
export function faultsOf({ house, door, people }: Household): string[] {
  const faults: string[] = [];
  if (!house && !door?.number.trim()) faults.push('needHouse');
  if (people.some((one) => !one.name.trim())) faults.push('needNames');
  if (people.filter((one) => one.relation === 'head').length !== 1) faults.push('needHead');
  if (people.some((one) => one.identity.trim() && !isIdentity(one.identity))) faults.push('badIdentity');
  if (people.some((one) => one.telephone.trim() && !isTelephone(one.telephone))) faults.push('badTelephone');
  return faults;
}

type Keyed = Draft & { key: string };

/** What an entry sends. */
export function entryOf(filled: Filled, target: Target, place: Place | null, now: Date): Omit<Draft, 'needs'> {
  return {
    doing: 'entry', path: `/registry/forms/${encodeURIComponent(filled.form)}/entries`, about: filled.title,
    body: { ...target, answers: filled.answers, form_version: filled.version, filled_at: now.toISOString(), ...place },
  };
}

/** House (a new one), household, people and entries: each waits for what it lies in. key: a new one every time. */
export function draftsOf(household: Household, place: Place | null, now: Date, key: () => string): Keyed[] {
  const about = household.people.find((one) => one.relation === 'head')?.name ?? '';
  const standing = place ? { at_latitude: place.latitude, at_longitude: place.longitude } : {};
  const drafts: Keyed[] = [];
  const door = household.door && !household.house ? key() : null;
  if (door) drafts.push({ key: door, doing: 'house', path: '/registry/houses', body: { ...household.door, ...standing }, about: household.door!.number });
  const home = key();
  drafts.push({ key: home, doing: 'household', path: '/registry/households', body: { house: door ? MADE : household.house, tenure: household.tenure, ...standing }, about, ...(door ? { needs: door } : {}) });
  for (const one of household.people) drafts.push({ key: key(), doing: 'person', path: '/registry/people', body: { household: MADE, ...said(one), ...standing }, about: one.name, needs: home });
  for (const one of household.filled) drafts.push({ key: key(), ...entryOf(one, { element: 'households', record: MADE }, place, now), needs: home });
  return drafts;
}

const said = (one: Resident): Record<string, string> => Object.fromEntries(Object.entries(one).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : [])));
