/** Lists of households that a member hands out to. Pure. */
import type { Listed, Mine } from '../service/distribution/types';

/** Who has not signed yet. */
export const toSign = ({ listed }: Pick<Mine, 'listed'>): Listed[] => listed.filter((one) => one.signed_at === null);

/** With one household signed, as the member saw it; the server has the last word. */
export const withSigned = (distributions: readonly Mine[], id: string, household: string, signed_at: string): Mine[] =>
  distributions.map((one) => (one.id === id ? { ...one, listed: one.listed.map((door) => (door.household === household ? { ...door, signed_at } : door)) } : one));

/** What the server tells, with the receipts that still wait to be sent. */
export const withWaiting = (distributions: readonly Mine[], waiting: readonly { distribution: string; household: string; signed_at: string }[]): Mine[] =>
  waiting.reduce<Mine[]>((all, one) => withSigned(all, one.distribution, one.household, one.signed_at), [...distributions]);
