/** The large-event screen: one incident commanded with map, positions of those on it, and their channel side by side. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { useNow } from '../app/useNow';
import { Cameras } from '../cameras/Cameras';
import '../desk/desk.css';
import { ClockPill, IncidentRow } from '../desk/IncidentRow';
import { byUrgency, isOpen } from '../desk/state';
import { useDesk } from '../desk/store';
import type { Incident } from '../desk/types';
import { useDeed } from '../desk/useDeed';
import { age, distance } from '../format/units';
import { nameIn } from '../i18n';
import { shownOf, useStore } from '../state/store';
import { Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { ChannelView } from './ChannelView';
import { onIt } from './on-it';
import { useTalk } from './store';
import './talk.css';
import './words';

export default function Event() {
  const { t } = useTranslation('talk');
  const { rest } = useRoute();
  const incident = useDesk((state) => (rest[0] ? state.desk.incidents.get(rest[0]) : undefined));
  return (
    <aside className="dock event" aria-label={t('event')} data-testid="event">
      {incident ? <Commanded key={incident.id} incident={incident} /> : <Choose />}
    </aside>
  );
}

function Choose() {
  const { t } = useTranslation('talk');
  const incidents = useDesk((state) => state.desk.incidents);
  const rows = useMemo(() => [...incidents.values()].filter(isOpen).sort(byUrgency), [incidents]);
  return (
    <>
      <Title order={2} size="h5" p={12}>
        {t('chooseEvent')}
      </Title>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('chooseEvent')}>
        {rows.map((one) => (
          <div key={one.id} onClickCapture={(event) => (event.stopPropagation(), goTo(pathOf('event', [one.id])))}>
            <IncidentRow incident={one} />
          </div>
        ))}
        {rows.length === 0 && <Empty>{t('noIncidents')}</Empty>}
      </div>
    </>
  );
}

function Commanded({ incident }: { incident: Incident }) {
  const { t, i18n } = useTranslation('talk');
  useEffect(() => useStore.setState({ goTo: [incident.longitude, incident.latitude] }), [incident.longitude, incident.latitude]);
  return (
    <>
      <header style={{ padding: 12 }}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4">
            {incident.id} {nameIn(i18n.language, incident.kind_en, incident.kind_zh)}
          </Title>
          <Button size="compact-sm" variant="default" style={{ flex: 'none' }} onClick={() => goTo(pathOf('event'))}>
            {t('leave')}
          </Button>
        </Group>
        <Text size="sm">{incident.description}</Text>
        <ClockPill incident={incident} words />
      </header>
      <OnIt incident={incident} />
      <Cameras place={incident} />
      <EventChannel incident={incident} />
    </>
  );
}

/** Who is sent, where each is now and how far from the place. */
function OnIt({ incident }: { incident: Incident }) {
  const { t } = useTranslation('talk');
  const { t: desk } = useTranslation('desk');
  const live = useStore(shownOf);
  const now = useNow();
  const rows = useMemo(() => onIt(incident, live), [incident, live]);
  return (
    <section className="on-it" aria-label={t('sentHere')} tabIndex={0}>
      <Text component="h3" fw={600} size="sm" m={0}>
        {t('sentHere')} {rows.length}
      </Text>
      {rows.map((one) => (
        <button key={one.assignment.id} type="button" className="incident" onClick={() => one.row && useStore.getState().find(one.row.key)} data-testid="on-it">
          <span className="grow">
            <b>{one.assignment.name ?? one.assignment.department}</b>
            <span className="dim">{desk(`step_${one.assignment.state}`)}</span>
          </span>
          {one.row && (
            <span className="end">
              <span>
                {distance(one.metres)} {t('fromPlace')}
              </span>
              <span className="dim">{age(now + live.skew - one.row.fixedAt)}</span>
            </span>
          )}
        </button>
      ))}
    </section>
  );
}

function EventChannel({ incident }: { incident: Incident }) {
  const { t } = useTranslation('talk');
  const { talk, load, know } = useTalk();
  const { busy, run } = useDeed();
  useAsked(load, [load]);
  const channel = [...talk.channels.values()].find((one) => one.incident === incident.id);
  if (channel) return <ChannelView key={channel.id} channel={channel.id} />;
  const open = async () => know(await api.open({ name: incident.id, organisation: incident.organisation, incident: incident.id }));
  return (
    <Button m={12} loading={busy} onClick={() => void run(open)} data-testid="event-channel">
      {t('openChannel')}
    </Button>
  );
}
