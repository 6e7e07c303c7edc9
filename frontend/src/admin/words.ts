/** The words of the administration. */
import { addWords } from '../i18n';
import { en } from './words/en';
import { zh } from './words/zh';

addWords('admin', { en, zh });
