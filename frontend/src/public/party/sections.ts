/** Party building's sections of the public's pages; each is fetched when it is first asked for. */
import { lazy } from 'react';
import { addWords } from '../../i18n';
import type { Section } from '../sections';
import { en, zh } from './words';

addWords('party', { en, zh });

export const PARTY: readonly Section[] = [
  { name: 'news', words: 'party', View: lazy(() => import('./News')) },
  { name: 'windows', words: 'party', View: lazy(() => import('./Windows')) },
  { name: 'voice', words: 'party', View: lazy(() => import('./Voice')) },
  { name: 'surveys', words: 'party', View: lazy(() => import('./Surveys')) },
];
