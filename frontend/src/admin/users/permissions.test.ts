import { expect, test } from 'vitest';
import { byTag, isRead, operationsOf } from './permissions';

const DOCUMENT = {
  paths: {
    '/api/v1/members': { get: { summary: 'Members', tags: ['members'], description: 'Roles: administrator, observer.' }, post: { summary: 'Add', tags: ['members'], description: 'Roles: administrator.' } },
    '/api/v1/session': { post: { summary: 'Sign in', tags: ['session'] } },
    '/pub': { post: { summary: 'OwnTracks', tags: ['devices'], description: 'Positions.' } },
    '/api/v1/kinds': { get: { summary: 'Kinds', tags: ['kinds'], description: 'Roles: member.' }, parameters: undefined },
  },
};

test('operations with roles are read, others are left out', () => {
  const found = operationsOf(DOCUMENT);
  expect(found.map((one) => `${one.method} ${one.path}`)).toEqual(['GET /members', 'POST /members', 'GET /kinds']);
  expect([...found[0]!.roles]).toEqual(['administrator', 'observer']);
  expect(found.map(isRead)).toEqual([true, false, true]);
  expect(byTag(found).map(([tag, all]) => [tag, all.length])).toEqual([['members', 2], ['kinds', 1]]);
});

test('a document that is none has no operations', () => {
  expect(operationsOf({})).toEqual([]);
});
