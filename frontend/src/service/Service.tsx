/** The service desk: a room for each kind of its work, one beside the other at the top. */
import { Tabs } from '@mantine/core';
import { lazy, Suspense, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { addWords } from '../i18n';
import './service.css';
import { en, zh } from './words';

addWords('service', { en, zh });

/** By the part of the address below /service, in the order of the tabs. */
const ROOMS: Readonly<Record<string, ComponentType>> = {
  requests: lazy(() => import('./Requests')),
  calls: lazy(() => import('./hotline/Hotline')),
  assistance: lazy(() => import('./assistance/Assistance')),
  distribution: lazy(() => import('./distribution/Distributions')),
  stock: lazy(() => import('./distribution/Stock')),
  matching: lazy(() => import('./matching/Matching')),
};
const FIRST = 'requests';

export default function Service() {
  const { t } = useTranslation('service');
  const { rest } = useRoute();
  const name = rest[0] !== undefined && Object.hasOwn(ROOMS, rest[0]) ? rest[0] : FIRST;
  const Shown = ROOMS[name]!;
  return (
    <div className="service-desk" data-testid="service">
      <Tabs value={name} onChange={(chosen) => goTo(pathOf('service', [chosen ?? FIRST]))}>
        <Tabs.List aria-label={t('rooms')}>
          {Object.keys(ROOMS).map((one) => (
            <Tabs.Tab key={one} value={one} data-testid={`tab-${one}`}>
              {t(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Suspense>
        <Shown />
      </Suspense>
    </div>
  );
}
