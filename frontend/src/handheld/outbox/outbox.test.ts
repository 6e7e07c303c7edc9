import { describe, expect, it } from 'vitest';
import { expectedState, type Item, judged, MADE, nextOf, released, withDependents } from './outbox';

let order = 0;
const item = (key: string, more: Partial<Item> = {}): Item => ({
  order: (order += 1), key, at: 0, doing: 'note', path: '/incidents/I-1/note', about: '', ...more,
});
const refusal = { status: 409, detail: 'it is closed' };

describe('the next one', () => {
  it('is the oldest', () => expect(nextOf([item('a'), item('b')])?.key).toBe('a'));
  it('is a cry for help before all others', () => expect(nextOf([item('a'), item('b', { doing: 'sos' })])?.key).toBe('b'));
  it('is none that was refused', () => expect(nextOf([item('a', { refusal }), item('b')])?.key).toBe('b'));
  it('is none whose report has not arrived, refused or not', () => {
    expect(nextOf([item('report', { refusal }), item('photo', { needs: 'report' })])).toBeNull();
    expect(nextOf([item('report'), item('photo', { needs: 'report' })])?.key).toBe('report');
  });
  it('is nothing in an empty queue', () => expect(nextOf([])).toBeNull());
});

it('an answer is done, refused for good, to be tried later, or asks for a sign-in', () => {
  expect([200, 201, 204].map(judged)).toEqual(['done', 'done', 'done']);
  expect([400, 403, 404, 409, 413, 415].map(judged)).toEqual(Array(6).fill('refused'));
  expect([0, 408, 429, 500, 503].map(judged)).toEqual(Array(5).fill('later'));
  expect(judged(401)).toBe('signIn');
});

it('photographs go to the incident that their report made', () => {
  const items = [item('report'), item('photo', { needs: 'report', path: `/incidents/${MADE}/files` }), item('other')];
  expect(released(items, 'report', 'I-7')).toMatchObject([{ key: 'photo', path: '/incidents/I-7/files' }]);
  expect(released(items, 'report', 'I-7')[0]).not.toHaveProperty('needs');
});

it('a person is put into the household that was made, and nothing else of him changes', () => {
  const items = [item('household'), item('person', { needs: 'household', path: '/registry/people', body: { household: MADE, name: `not ${MADE}` } })];
  expect(released(items, 'household', 'F-7')).toMatchObject([{ path: '/registry/people', body: { household: 'F-7', name: `not ${MADE}` } }]);
});

it('whoever discards a report discards its photographs', () => {
  const items = [item('report'), item('photo', { needs: 'report' }), item('other')];
  expect(withDependents(items, 'report').map((one) => one.key)).toEqual(['report', 'photo']);
});

describe('where a task will stand', () => {
  const task = { id: 'A-1', state: 'offered' } as const;
  it('follows what waits', () => {
    const items = [item('a', { task: 'A-1', doing: 'acknowledge' }), item('b', { task: 'A-1', doing: 'en-route' }), item('c', { task: 'A-2', doing: 'decline' })];
    expect(expectedState(task, items)).toBe('en_route');
  });
  it('does not follow what was refused, nor what is no step', () => {
    expect(expectedState(task, [item('a', { task: 'A-1', doing: 'acknowledge', refusal }), item('b', { task: 'A-1', doing: 'photo' })])).toBe('offered');
  });
});
