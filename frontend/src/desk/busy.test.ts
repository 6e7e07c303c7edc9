import { expect, it } from 'vitest';
import { busyMembers } from './busy';
import { anIncident } from './samples';
import type { Assignment } from './types';

const on = (member: string, state: string, ended: string | null = null) => ({ member, state, ended_at: ended }) as Assignment;

it('knows who is on the way and who is there, of open incidents only', () => {
  const busy = busyMembers([
    anIncident({ assignments: [on('a', 'offered'), on('b', 'on_scene'), on('c', 'declined', 'then')] }),
    anIncident({ state: 'closed', assignments: [on('d', 'en_route')] }),
    anIncident({ assignments: [on('b', 'offered')] }),
  ]);
  expect([...busy]).toEqual([['a', 'sent'], ['b', 'on_scene']]);
});
