/** What the registry's pages of the handheld keep and fill in. */
import type { Answers, Element } from '../../forms/types';

/** Without data of people: what a phone keeps of its member's grids, so that forms can be filled in without a network. */
export interface Ground {
  /** ms since 1970 */
  at: number;
  buildings: { id: string; name: string; address: string }[];
  houses: { id: string; building: string; entrance: number; floor: number; number: string; residents: number }[];
  places: { id: string; name: string; kind: string; address: string }[];
  establishments: { id: string; name: string; address: string }[];
}

export const RELATIONS = ['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'other_relative', 'not_related'] as const;

/** A person as he is written down; empty texts are not sent. */
export interface Resident {
  name: string;
  relation: (typeof RELATIONS)[number];
  gender: '' | 'female' | 'male';
  birth_date: string;
  telephone: string;
  identity: string;
  residence: 'registered' | 'from_away' | 'away';
}

/** What was filled in by a form, before the server knows of it. */
export interface Filled {
  form: string;
  version: number;
  title: string;
  answers: Answers;
}

export interface Household {
  /** Id of a house that there is; '' none is chosen, or it is new. */
  house: string;
  /** A door that the registry does not know yet, in a building that it does. */
  door: { building: string; entrance: number; floor: number; number: string } | null;
  tenure: 'owner' | 'tenant' | 'other' | 'unknown';
  people: Resident[];
  filled: Filled[];
}

export type Target = { element: Element; record: string };
