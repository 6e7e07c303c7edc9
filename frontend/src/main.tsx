import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
import './app/app.css';
import './i18n';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';

createRoot(document.getElementById('root')!).render(<App />);
