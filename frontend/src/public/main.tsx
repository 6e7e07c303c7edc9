/** The public's pages: the third application of this code base, for anybody, without signing in. No map, no Mantine. */
import './public.css';
import { addWords } from '../i18n';
import { createRoot } from 'react-dom/client';
import { Public } from './Public';
import { en, zh } from './words';

addWords('public', { en, zh });

createRoot(document.getElementById('root')!).render(<Public />);
