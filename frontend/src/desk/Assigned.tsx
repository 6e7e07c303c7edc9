/** Who is sent, and how far each has come; a dispatcher may call somebody back. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../app/useNow';
import { useStore } from '../state/store';
import * as api from './api';
import { momentOf } from '../format/moments';
import { countdown, minutes } from './figures';
import { useDesk } from './store';
import type { Assignment, Incident } from './types';
import { useDeed } from './useDeed';

export function Assigned({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  if (incident.assignments.length === 0) return null;
  return (
    <section aria-label={t('assigned')}>
      <Text component="h3" fw={600} size="sm" m={0}>
        {t('assigned')}
      </Text>
      {incident.assignments.map((one) => (
        <Row key={one.id} one={one} />
      ))}
    </section>
  );
}

function Row({ one }: { one: Assignment }) {
  const { t } = useTranslation('desk');
  const now = useNow();
  const { busy, run } = useDeed();
  const know = useDesk((state) => state.know);
  const waits = one.state === 'offered' && one.answer_by ? countdown((Date.parse(one.answer_by) - now) / 1000) : null;
  return (
    <Group justify="space-between" wrap="nowrap" className={`assigned ${one.ended_at ? 'over' : ''}`} data-testid="assigned" data-state={one.state}>
      <button type="button" className="what" onClick={() => one.member && findMember(one.member)}>
        <b>{one.name ?? one.department}</b>
        <span className="dim">
          {t(`step_${one.state}`)}
          {one.purpose === 'verify' && ` (${t('verifyBy')})`}
          {waits && ` · ${waits}`}
          {one.state === 'en_route' && one.eta_s !== null && ` · ${minutes(one.eta_s)}`}
          {one.reason && ` · ${one.reason}`} · {momentOf(one.ended_at ?? one.on_scene_at ?? one.en_route_at ?? one.acknowledged_at ?? one.offered_at)}
        </span>
      </button>
      {one.ended_at === null && (
        <Button size="compact-xs" variant="default" loading={busy} onClick={() => void run(async () => know(await api.step(one.id, 'clear', { reason: 'called back' })))}>
          {t('clear')}
        </Button>
      )}
    </Group>
  );
}

/** Select a member on the map by his id. */
function findMember(member: string): void {
  const { live, find } = useStore.getState();
  for (const one of live.info.values()) if (one.member === member) return find(one.key);
}
