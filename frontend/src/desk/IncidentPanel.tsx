/** One incident: what and where, its clock, who is sent, what can be done now, whom to send, and its timeline. */
import { Badge, Button, CloseButton, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { Cameras } from '../cameras/Cameras';
import { nameIn } from '../i18n';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { Assigned } from './Assigned';
import { Candidates } from './Candidates';
import { Deeds } from './Deeds';
import { Duplicates } from './Duplicates';
import { Files } from './Files';
import { ClockPill } from './IncidentRow';
import { Note } from './Note';
import { deedsOf } from './state';
import { useDesk } from './store';
import { Timeline } from './Timeline';
import type { Incident } from './types';

export function IncidentPanel({ id }: { id: string }) {
  const known = useDesk((state) => state.desk.incidents.get(id));
  const know = useDesk((state) => state.know);
  const asked = useAsked(async () => {
    const found = await api.incident(id); // who reported it is told only here
    know(found);
    return found;
  }, [id, know]);
  useEffect(() => {
    if (asked.data) useStore.setState({ goTo: [asked.data.longitude, asked.data.latitude] });
  }, [asked.data]);
  return known ? <Known incident={known} /> : <Answered asked={asked}>{() => null}</Answered>;
}

function Known({ incident }: { incident: Incident }) {
  const role = useStore((state) => state.me?.role ?? '');
  const deeds = deedsOf(incident, role);
  return (
    <div className="scroll incident-panel" data-testid="incident-panel" data-state={incident.state}>
      <Head incident={incident} />
      {incident.state === 'reported' && <Duplicates incident={incident} />}
      <Deeds incident={incident} deeds={deeds} />
      <Assigned incident={incident} />
      {deeds.includes('dispatch') && <ToSend key={isTaken(incident) ? 'taken' : 'free'} incident={incident} />}
      <Cameras place={incident} />
      <Timeline incident={incident} />
      <Files incident={incident} />
      {role !== 'observer' && <Note incident={incident} />}
    </div>
  );
}

/** Whom to send; where somebody is on it already, only when asked for. */
function ToSend({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  const [wanted, setWanted] = useState(!isTaken(incident));
  if (wanted) return <Candidates incident={incident} />;
  return (
    <Button size="compact-sm" variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setWanted(true)} data-testid="send-more">
      {t(incident.state === 'feedback' ? 'sendToVerify' : 'sendMore')}
    </Button>
  );
}

const isTaken = (incident: Incident): boolean => incident.state === 'feedback' || incident.assignments.some((one) => one.ended_at === null);

function Head({ incident }: { incident: Incident }) {
  const { t, i18n } = useTranslation('desk');
  const organisations = useStore((state) => state.organisations);
  const responsible = organisations.find((one) => one.id === incident.organisation)?.name ?? incident.organisation;
  return (
    <header>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap={6}>
            <span className={`priority p${incident.priority}`}>{incident.priority}</span>
            <Text size="sm" c="dimmed" data-testid="incident-id">
              {incident.id}
            </Text>
            <Badge variant="light" size="sm" data-testid="incident-state">
              {t(`state_${incident.state}`)}
            </Badge>
            {incident.drill && <Badge color="grape">{t('drill')}</Badge>}
          </Group>
          <Title order={2} size="h4" mt={4}>
            {nameIn(i18n.language, incident.kind_en, incident.kind_zh)}
          </Title>
        </div>
        <CloseButton aria-label={t('back')} onClick={() => goTo(pathOf('map'))} />
      </Group>
      <Text size="sm">{incident.description}</Text>
      <Group gap={8} mt={4}>
        <Tooltip label={t('showOnMap')}>
          <Button size="compact-xs" variant="default" leftSection={<IconMapPin size={12} aria-hidden />} onClick={() => useStore.setState({ goTo: [incident.longitude, incident.latitude] })}>
            {incident.address ?? `${incident.latitude.toFixed(5)}, ${incident.longitude.toFixed(5)}`}
          </Button>
        </Tooltip>
        <ClockPill incident={incident} words />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {t('level')}: {responsible}
        {incident.contact && ` · ${incident.contact}`}
        {incident.escalations > 0 && ` · ${t('escalations')} ${incident.escalations}×`}
        {incident.marks > 0 && ` · ${t('marks')} ${incident.marks}`}
        {incident.sent_back > 0 && ` · ${t('sentBack')} ${incident.sent_back}×`}
        {incident.request && ` · ${t('requested')}: ${t(incident.request.what === 'defer' ? 'deed_defer' : 'deed_suspend')}`}
        {incident.disposition && ` · ${incident.disposition}`}
      </Text>
    </header>
  );
}
