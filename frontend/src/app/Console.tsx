/** The command centre: tree and members at the side, the map, the selected member over it. */
import { Alert, Tabs } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { MapView } from '../map/MapView';
import { Legend } from '../panels/Legend';
import { MemberList } from '../panels/MemberList';
import { MemberPanel } from '../panels/MemberPanel';
import { OrganisationTree } from '../panels/OrganisationTree';
import { useStore } from '../state/store';
import { Header } from './Header';

export default function Console() {
  const { t } = useTranslation();
  const selected = useStore((state) => state.selected);
  const link = useStore((state) => state.link);
  useEffect(() => {
    window.addEventListener('keydown', shortcut);
    return () => window.removeEventListener('keydown', shortcut);
  }, []);
  return (
    <div className="console">
      <Header />
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
      <main className="stage">
        <MapView />
        <Legend />
        {link === 'broken' && (
          <Alert className="lost" color="red" variant="filled" py={8} role="alert" data-testid="link-lost">
            {t('lost')}
          </Alert>
        )}
        {selected !== null && <MemberPanel key={selected} device={selected} />}
      </main>
    </div>
  );
}

/** "/" goes to the search field, Escape closes the selected member. */
function shortcut(event: KeyboardEvent): void {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === '/' && !typing) {
    event.preventDefault();
    document.querySelector<HTMLInputElement>('[data-search]')?.focus();
  } else if (event.key === 'Escape') {
    useStore.getState().select(null);
  }
}
