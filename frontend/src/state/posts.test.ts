import { expect, it } from 'vitest';
import { wordsOf } from './posts';

it('knows a post by its code and both names, in any case', () => {
  const post = { code: 'grid-leader', name_en: 'Grid leader', name_zh: '网格长' };
  const words = wordsOf([post]);
  expect(['grid-leader', 'grid leader', '网格长'].map((word) => words.get(word))).toEqual([post, post, post]);
  expect(words.get('gardener')).toBeUndefined();
});
