/** The dispatch desk at the map's right: alerts, then the open incidents, one incident, a new one, or a proposal. */
import { ActionIcon, Badge, Button, Group, TextInput, Title, Tooltip } from '@mantine/core';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DISPATCHERS } from '../app/roles';
import { goTo, pathOf, useRoute } from '../app/route';
import { useStore } from '../state/store';
import { Empty, Fault } from '../ui/States';
import { Alerts } from './Alerts';
import './desk.css';
import { IncidentPanel } from './IncidentPanel';
import { IncidentRow } from './IncidentRow';
import { NewIncident } from './NewIncident';
import { Proposals } from './Proposals';
import { found } from './search';
import { byUrgency, isOpen } from './state';
import { useDesk } from './store';
import './words';

const NEW = 'new';
const PROPOSALS = 'proposals';

export default function Dock() {
  const { t } = useTranslation('desk');
  const { page, rest } = useRoute();
  const open = page === 'desk' ? rest[0] : undefined;
  return (
    <aside className="dock" aria-label={t('incidents')} data-testid="dock">
      <Alerts />
      {open === NEW ? <NewIncident /> : open === PROPOSALS ? <Proposals /> : open ? <IncidentPanel key={open} id={open} /> : <IncidentList />}
    </aside>
  );
}

function IncidentList() {
  const { t, i18n } = useTranslation('desk');
  const { desk, loaded, problem, load } = useDesk();
  const [search, setSearch] = useState('');
  const rows = useMemo(() => [...desk.incidents.values()].filter(isOpen).sort(byUrgency), [desk.incidents]);
  const shown = useMemo(() => found(rows, search, i18n.language), [rows, search, i18n.language]);
  return (
    <>
      <Group justify="space-between" px={12} pt={10} wrap="nowrap">
        <Title order={2} size="h5">
          {t('incidents')}{' '}
          <Badge variant="filled" color="cyan" size="sm" data-testid="incident-count">
            {rows.length}
          </Badge>
        </Title>
        <Tools />
      </Group>
      <TextInput m={8} size="xs" placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-testid="incident-search" />
      {problem && <Fault problem={problem} again={() => void load()} />}
      <div className="scroll" role="group" aria-label={t('incidents')} tabIndex={0}>
        {shown.map((one) => (
          <IncidentRow key={one.id} incident={one} />
        ))}
        {loaded && rows.length === 0 && <Empty hint={t('allQuiet')}>{t('noIncidents')}</Empty>}
        {rows.length > 0 && shown.length === 0 && <Empty>{t('nothingFound')}</Empty>}
      </div>
    </>
  );
}

function Tools() {
  const { t } = useTranslation('desk');
  const role = useStore((state) => state.me?.role ?? '');
  if (role === 'observer') return null;
  return (
    <Group gap={6} wrap="nowrap">
      {DISPATCHERS.has(role) && (
        <Tooltip label={t('propose')}>
          <ActionIcon variant="default" aria-label={t('propose')} onClick={() => goTo(pathOf('desk', [PROPOSALS]))} data-testid="propose">
            <IconListCheck size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(pathOf('desk', [NEW]))} data-testid="new-incident">
        {t('newIncident')}
      </Button>
    </Group>
  );
}
