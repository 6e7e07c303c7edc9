/** What the public may do here, in the order of the start page. A section is a row of this list and a folder or file. */
import type { ComponentType } from 'react';
import { File } from './File';
import { Follow } from './Follow';
import { PARTY } from './party/sections';

export interface Section {
  /** Its address is /public/<name>; its title and what it is for are `<name>` and `<name>Hint` of its words. */
  name: string;
  /** The namespace that holds its words, known before the start page is drawn (`addWords`). */
  words: string;
  /** rest: what follows its address. May be `lazy`, so that the start page stays small. */
  View: ComponentType<{ rest: readonly string[] }>;
}

export const SECTIONS: readonly Section[] = [
  { name: 'file', words: 'public', View: File },
  { name: 'follow', words: 'public', View: Follow },
  ...PARTY,
];
