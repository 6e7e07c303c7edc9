import { expect, test } from 'vitest';
import { Problem } from '../../api/request';
import { changesOf, toldOf } from './faults';

const NAMES = ['id', 'name', 'posts'];
const refused = (status: number, detail: string, errors: object[] = []) => new Problem(status, detail, errors as never);

test('each fault stands at its field, the first of a field, also of one in a list', () => {
  const errors = [{ in: 'body', at: 'name', reason: 'too short' }, { in: 'body', at: 'posts.3', reason: 'holds ;' }, { in: 'body', at: 'posts.4', reason: 'too' }];
  expect(toldOf(refused(400, 'all of it', errors), NAMES)).toEqual({ fields: { name: 'too short', posts: 'holds ;' }, rest: null });
});

test('what belongs to no field is told at the top', () => {
  const errors = [{ in: 'body', at: 'colour', reason: 'not permitted' }, { in: 'body', at: '', reason: 'does not agree' }];
  expect(toldOf(refused(400, 'x', errors), NAMES)).toEqual({ fields: {}, rest: 'colour: not permitted; does not agree' });
  expect(toldOf(refused(404, 'there is no member'), NAMES).rest).toBe('there is no member');
  expect(toldOf(new TypeError('no server'), NAMES).rest).toBe('no server');
});

test('an id that is taken stands at the id', () => {
  expect(toldOf(refused(409, 'there is one already'), NAMES, 'id')).toEqual({ fields: { id: 'there is one already' }, rest: null });
});

test('only what differs is sent', () => {
  expect(changesOf({ a: 1, b: ['x'], c: null }, { a: 1, b: ['x', 'y'], c: null })).toEqual({ b: ['x', 'y'] });
});
