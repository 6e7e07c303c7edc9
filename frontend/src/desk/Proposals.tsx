/** Free members shared out over all accepted incidents, the best together; sent one by one or all at once. */
import { Button, CloseButton, Group, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { distance } from '../format/units';
import { nameIn } from '../i18n';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { minutes } from './figures';
import { useDesk } from './store';
import type { Proposal } from './types';
import { useDeed } from './useDeed';

export function Proposals() {
  const { t } = useTranslation('desk');
  const asked = useAsked(api.proposals, []);
  return (
    <div className="scroll incident-panel" data-testid="proposals">
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h5">
          {t('proposals')}
        </Title>
        <CloseButton aria-label={t('back')} onClick={() => goTo(pathOf('map'))} />
      </Group>
      <Answered asked={asked}>{(items) => (items.length ? <List items={items} again={asked.again} /> : <Empty>{t('noProposals')}</Empty>)}</Answered>
    </div>
  );
}

function List({ items, again }: { items: readonly Proposal[]; again: () => void }) {
  const { t } = useTranslation('desk');
  const [busy, setBusy] = useState(false);
  async function sendAll(): Promise<void> {
    setBusy(true);
    const results = await Promise.allSettled(items.map(dispatched)); // each stands for itself: a conflict costs no other
    const sent = results.filter((one) => one.status === 'fulfilled').length;
    notifications.show({ message: t('sentAll', { count: sent }), color: sent === items.length ? 'teal' : 'yellow' });
    setBusy(false);
    again();
  }
  return (
    <>
      {items.map((one) => (
        <Row key={one.incident} one={one} again={again} />
      ))}
      <Group gap={6} mt={8}>
        <Button loading={busy} onClick={() => void sendAll()} data-testid="send-all">
          {t('sendAll', { count: items.length })}
        </Button>
        <Button variant="default" onClick={again}>
          {t('askAgain')}
        </Button>
      </Group>
    </>
  );
}

async function dispatched(one: Proposal): Promise<void> {
  useDesk.getState().know(await api.dispatch({ id: one.incident, version: one.version }, one.candidate, useDesk.getState().policy));
}

function Row({ one, again }: { one: Proposal; again: () => void }) {
  const { t, i18n } = useTranslation('desk');
  const { busy, run } = useDeed();
  const incident = useDesk((state) => state.desk.incidents.get(one.incident));
  return (
    <div className="candidate" data-testid="proposal">
      <span className={`priority p${one.priority}`}>{one.priority}</span>
      <span className="grow">
        <b>{incident ? nameIn(i18n.language, incident.kind_en, incident.kind_zh) : one.incident}</b>
        <span className="dim">
          {one.incident} → {one.candidate.name} · {minutes(one.candidate.travel_s)} · {distance(one.candidate.metres)}
        </span>
      </span>
      <Button size="compact-sm" variant="default" loading={busy} onClick={() => void run(() => dispatched(one).then(again), t('sent', { name: one.candidate.name, id: one.incident }))}>
        {t('send')}
      </Button>
    </div>
  );
}

