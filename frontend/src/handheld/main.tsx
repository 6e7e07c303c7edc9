/** The handheld: the second application of this code base, for the phone in a member's pocket. */
import '@mantine/core/styles.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../app/app.css';
import './handheld.css';
import '../i18n';
import './words';
import { createRoot } from 'react-dom/client';
import { Handheld } from './Handheld';
import { followWorker } from './worker/register';

createRoot(document.getElementById('root')!).render(<Handheld />);
followWorker();
