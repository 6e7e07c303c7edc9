import { expect, it } from 'vitest';
import { anIncident } from '../desk/samples';
import type { Assignment } from '../desk/types';
import type { Row } from '../live/frame';
import { onIt } from './on-it';

const sent = (id: string, member: string, ended: string | null = null) => ({ id, member, name: member, ended_at: ended, state: 'en_route' }) as Assignment;
const row = (key: number, latitude: number) => ({ key, latitude, longitude: 71 }) as Row;

it('has those who are on it still, the nearest first, who is not seen last', () => {
  const incident = anIncident({ latitude: 51, longitude: 71, assignments: [sent('1', 'far'), sent('2', 'near'), sent('3', 'gone', 'then'), sent('4', 'unseen')] });
  const info = new Map([[1, { key: 1, member: 'far' }], [2, { key: 2, member: 'near' }], [3, { key: 3, member: 'gone' }]]);
  const rows = new Map([[1, row(1, 51.1)], [2, row(2, 51.01)]]);
  expect(onIt(incident, { info, rows } as never).map((one) => one.assignment.member)).toEqual(['near', 'far', 'unseen']);
});
