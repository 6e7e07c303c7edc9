/** The map: tree and members at the left, the selected member over it, and what the route puts beside it. */
import { Tabs } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { MapView } from '../map/MapView';
import { MapTools } from '../map/MapTools';
import { Legend } from '../panels/Legend';
import { MemberList } from '../panels/MemberList';
import { MemberPanel } from '../panels/MemberPanel';
import { OrganisationTree } from '../panels/OrganisationTree';
import { useStore } from '../state/store';
import { OVER_MAP } from './pages';
import { useRoute } from './route';
import { useDeepLink } from './useDeepLink';

export function MapPage() {
  useDeepLink();
  const selected = useStore((state) => state.selected);
  const { page } = useRoute();
  const Over = OVER_MAP[page];
  return (
    <div className="with-map">
      <Side />
      <main className="stage">
        <MapView />
        <Legend />
        <MapTools />
        {selected !== null && <MemberPanel key={selected} device={selected} />}
      </main>
      {Over && (
        <Suspense fallback={null}>
          <Over />
        </Suspense>
      )}
    </div>
  );
}

function Side() {
  const { t } = useTranslation();
  return (
    <nav className="side" aria-label={t('organisations')}>
      <Tabs defaultValue="organisations" keepMounted={false} style={{ display: 'contents' }}>
        <Tabs.List grow>
          <Tabs.Tab value="organisations">{t('organisations')}</Tabs.Tab>
          <Tabs.Tab value="members">{t('members')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="organisations" style={{ display: 'contents' }}>
          <OrganisationTree />
        </Tabs.Panel>
        <Tabs.Panel value="members" style={{ display: 'contents' }}>
          <MemberList />
        </Tabs.Panel>
      </Tabs>
    </nav>
  );
}
