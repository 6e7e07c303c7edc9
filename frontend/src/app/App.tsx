/** Signed in or not; the theme around both. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';
import { SignIn } from './SignIn';
import { colours, lookWith } from './look';

/** The map's code comes after the sign-in form is there. */
const Console = lazy(() => import('./Console'));

export function App() {
  const { me, asked, start, theme: scheme } = useStore();
  const { t } = useTranslation();
  const look = useMemo(() => lookWith(t('close')), [t]);
  useEffect(() => void start(), [start]);
  return (
    <MantineProvider theme={look} cssVariablesResolver={colours} forceColorScheme={scheme}>
      <Notifications position="bottom-center" limit={4} />
      {me ? (
        <Suspense fallback={<main className="welcome" aria-busy />}>
          <Console />
        </Suspense>
      ) : (
        asked && <SignIn />
      )}
    </MantineProvider>
  );
}
