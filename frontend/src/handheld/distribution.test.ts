import { expect, it } from 'vitest';
import type { Listed, Mine } from '../service/distribution/types';
import { toSign, withSigned, withWaiting } from './distribution';

const door = (household: string): Listed => ({ household, address: null, head: null, people: 1, organisation_name: 'Elm', receipt: null, signed_at: null, by_name: null });
const MINE = [{ id: 'DS-1', listed: [door('F1'), door('F2')] }, { id: 'DS-2', listed: [door('F1')] }] as Mine[];

it('marks the household of that distribution alone', () => {
  const after = withSigned(MINE, 'DS-1', 'F1', '2026-01-01T00:00:00Z');
  expect(after.map((one) => toSign(one).map((each) => each.household))).toEqual([['F2'], ['F1']]);
});

it('keeps what waits to be sent although the server does not know of it yet', () => {
  const waiting = [{ distribution: 'DS-2', household: 'F1', signed_at: '2026-01-01T00:00:00Z' }];
  expect(withWaiting(MINE, waiting).map((one) => toSign(one).length)).toEqual([2, 0]);
  expect(withWaiting(MINE, [])).toEqual(MINE);
});
