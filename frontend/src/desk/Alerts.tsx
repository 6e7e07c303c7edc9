/** Open alerts, the cry for help first: acknowledged, made an incident of, or cleared with one click. */
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { useNow } from '../app/useNow';
import { age, distance } from '../format/units';
import { useStore } from '../state/store';
import * as api from './api';
import { silenceIn } from './notes';
import { isSounding, setSounding, sound } from './sound';
import { byAlarm, isUp, withAlert } from './state';
import { useDesk } from './store';
import type { Alert } from './types';
import { useDeed } from './useDeed';

const MOST_SHOWN = 4;

export function Alerts() {
  const { t } = useTranslation('desk');
  const alerts = useDesk((state) => state.desk.alerts);
  const [whole, setWhole] = useState(false);
  const up = useMemo(() => [...alerts.values()].filter(isUp).sort(byAlarm), [alerts]);
  const unseen = up.filter((one) => one.state === 'raised');
  useEffect(() => sound(unseen.some((one) => one.kind === 'sos') ? 'sos' : unseen.length ? 'alert' : null), [unseen.length, unseen]);
  if (up.length === 0) return null;
  const shown = whole ? up : up.slice(0, MOST_SHOWN);
  return (
    <section className="alerts" aria-label={t('alerts')} data-testid="alerts">
      <Group justify="space-between" px={12} pt={8}>
        <Text fw={700} size="sm" component="h2" m={0}>
          {t('alerts')} {up.length}
        </Text>
        <Sound />
      </Group>
      {shown.map((one) => (
        <AlertCard key={one.id} alert={one} />
      ))}
      {up.length > MOST_SHOWN && (
        <Button variant="subtle" size="compact-xs" m={6} onClick={() => setWhole(!whole)}>
          {whole ? '−' : `+ ${up.length - MOST_SHOWN}`}
        </Button>
      )}
    </section>
  );
}

function Sound() {
  const { t } = useTranslation('desk');
  const [on, setOn] = useState(isSounding);
  return (
    <Tooltip label={t('soundOn')}>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('soundOn')} aria-pressed={on} onClick={() => setOn(setSounding(!on))}>
        {on ? <IconBell size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

function AlertCard({ alert }: { alert: Alert }) {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation();
  const now = useNow();
  const { busy, run } = useDeed();
  const know = async (asked: Promise<Alert>) => useDesk.setState({ desk: withAlert(useDesk.getState().desk, await asked) });
  const show = () => alert.latitude !== null && useStore.setState({ goTo: [alert.longitude!, alert.latitude] });
  const canMake = alert.kind === 'sos' && alert.incident === null;
  return (
    <div className={`alert ${alert.kind} ${alert.state}`} role={alert.state === 'raised' ? 'alert' : undefined} data-testid="alert" data-alert={alert.id} data-state={alert.state}>
      <button type="button" className="what" onClick={show} title={t('showOnMap')}>
        <b>
          {t(`alert_${alert.kind}`)}
          {alert.drill && ` (${t('drill')})`} · {alert.name ?? alert.device ?? alert.geofence_name}
        </b>
        <span className="dim">
          {age(now - Date.parse(alert.happened_at))} · {alert.geofence_name ?? (alert.reason && silenceIn(common, alert.reason)) ?? (alert.nearest[0] ? `${t('nearest')}: ${alert.nearest[0].name} ${distance(alert.nearest[0].metres)}` : alert.text)}
          {alert.acknowledged_by && ` · ${t('seenBy')} ${alert.acknowledged_by}`}
        </span>
      </button>
      <Group gap={4} wrap="nowrap">
        {alert.state === 'raised' && (
          <Button size="compact-xs" color="red" loading={busy} onClick={() => void run(() => know(api.alertStep(alert.id, 'acknowledge')))} data-testid="alert-acknowledge">
            {t('acknowledge')}
          </Button>
        )}
        {alert.phone && (
          <Button size="compact-xs" variant="default" component="a" href={`tel:${alert.phone}`}>
            {t('call')}
          </Button>
        )}
        {canMake && (
          <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void run(() => makeIncident(alert))} data-testid="alert-incident">
            {t('makeIncident')}
          </Button>
        )}
        {alert.incident && (
          <Button size="compact-xs" variant="default" onClick={() => goTo(pathOf('desk', [alert.incident!]))}>
            {alert.incident}
          </Button>
        )}
        {alert.state !== 'raised' && (
          <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void run(() => know(api.alertStep(alert.id, 'clear')))} data-testid="alert-clear">
            {t('clear')}
          </Button>
        )}
      </Group>
    </div>
  );
}

async function makeIncident(alert: Alert): Promise<void> {
  const made = await api.incidentOf(alert.id);
  useDesk.getState().know(made);
  goTo(pathOf('desk', [made.id]));
}
