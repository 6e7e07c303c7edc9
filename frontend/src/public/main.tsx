/** The public's pages: the third application of this code base, for anybody, without signing in. No map, no Mantine. */
import './public.css';
import { addWords } from '../i18n';
import { createRoot } from 'react-dom/client';
import { Public } from './Public';
import { en, zh } from './words';

addWords('public', { en, zh });

createRoot(document.getElementById('root')!).render(<Public />);

/** After the page is there: glyphs for machines that have no Chinese of their own, fetched slice by slice as they are shown. */
void import('@fontsource-variable/noto-sans-sc/wght.css');
