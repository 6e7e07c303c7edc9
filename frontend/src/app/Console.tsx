/** The command centre: header, the rail of pages, and beside it the map with what belongs beside it, or a page that needs the whole window. */
import { Alert } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../desk/Keys';
import { useStore } from '../state/store';
import { Header } from './Header';
import { MapPage } from './MapPage';
import { Navigation } from './Navigation';
import { WHOLE } from './pages';
import { useRoute } from './route';

export default function Console() {
  const { t } = useTranslation();
  const link = useStore((state) => state.link);
  const { page } = useRoute();
  const Whole = WHOLE[page];
  useEffect(() => {
    window.addEventListener('keydown', shortcut);
    return () => window.removeEventListener('keydown', shortcut);
  }, []);
  return (
    <div className="console">
      <Header />
      <Navigation />
      <Keys />
      {Whole ? (
        <main className="whole">
          <Suspense fallback={<div aria-busy />}>
            <Whole />
          </Suspense>
        </main>
      ) : (
        <MapPage />
      )}
      {link === 'broken' && (
        <Alert className="lost" color="red" variant="filled" py={8} role="alert" data-testid="link-lost">
          {t('lost')}
        </Alert>
      )}
    </div>
  );
}

/** "/" goes to the search field of the page. */
function shortcut(event: KeyboardEvent): void {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key !== '/' || typing) return;
  event.preventDefault();
  document.querySelector<HTMLInputElement>('[data-search]')?.focus();
}
