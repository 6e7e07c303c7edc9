/** In the header: open incidents, those overdue, alerts that nobody has seen. */
import { Group } from '@mantine/core';
import { IconBellRinging, IconClipboardList, IconClockExclamation, type Icon } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../app/useNow';
import { clockOf, isOpen } from './state';
import { deskOf, useDesk } from './store';
import './words';

export function DeskCounts() {
  const { t } = useTranslation('desk');
  const desk = useDesk(deskOf);
  const now = useNow();
  const open = useMemo(() => [...desk.incidents.values()].filter(isOpen), [desk.incidents]);
  const overdue = open.filter((one) => clockOf(one, now)?.tone === 'over').length;
  const unseen = useMemo(() => [...desk.alerts.values()].filter((one) => one.state === 'raised').length, [desk.alerts]);
  return (
    <Group gap={14} wrap="nowrap" className="desk-counts">
      {unseen > 0 && <Count mark={IconBellRinging} alarm name={t('alerts')} count={unseen} />}
      <Count mark={IconClipboardList} name={t('incidents')} count={open.length} />
      {overdue > 0 && <Count mark={IconClockExclamation} alarm name={t('overdue')} count={overdue} />}
    </Group>
  );
}

function Count({ mark: Mark, name, count, alarm = false }: { mark: Icon; name: string; count: number; alarm?: boolean }) {
  return (
    <span className={alarm ? 'count alarm' : 'count'} title={name}>
      <Mark size={18} aria-hidden />
      <span className="word">{name}</span> <b>{count}</b>
    </span>
  );
}
