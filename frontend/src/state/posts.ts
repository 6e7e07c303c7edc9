/** What posts are called in the page's language. A member's post is a word: a code or a name of the city's posts, or his own. */
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { get } from '../api/request';
import { nameIn } from '../i18n/names';
import { listen } from './store';

export interface PostNames {
  code: string;
  name_en: string;
  name_zh: string;
}

/** Every word for a post, in small letters, with the post it means. Pure. */
export function wordsOf(posts: readonly PostNames[]): ReadonlyMap<string, PostNames> {
  return new Map(posts.flatMap((one) => [one.code, one.name_en, one.name_zh].map((word): [string, PostNames] => [word.toLowerCase(), one])));
}

const usePosts = create<{ words: ReadonlyMap<string, PostNames> }>()(() => ({ words: new Map() }));

listen({
  begin: () => void get<{ items: PostNames[] }>('/posts', { retired: true }).then(({ items }) => usePosts.setState({ words: wordsOf(items) }), () => undefined), // words stay as members have them
  hear: () => undefined,
  end: () => usePosts.setState({ words: new Map() }),
});

/** How to call a post; null: none. */
export function usePostName(): (word: string | null) => string | null {
  const { i18n } = useTranslation();
  const words = usePosts((state) => state.words);
  return (word) => {
    const post = word === null ? undefined : words.get(word.toLowerCase());
    return post ? nameIn(i18n.language, post.name_en, post.name_zh) : word;
  };
}
