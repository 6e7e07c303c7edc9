/** What is due in the grid, what is overdue first. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { daysUntil } from '../../inspections/days';
import type { Inspection } from '../../inspections/types';
import { Empty } from '../../ui/States';
import { Dim, Heading, To } from '../pages/parts';
import { useHandheld } from '../store';
import { stillDue } from './due';
import './words';

export function InspectionsPage() {
  const { t } = useTranslation('field');
  const { due, outbox } = useHandheld();
  const open = stillDue(due, outbox);
  return (
    <Stack gap="sm">
      <Heading back="registry">{t('inspections')}</Heading>
      {open.length === 0 && <Empty hint={t('nothingDueHint')}>{t('nothingDue')}</Empty>}
      {open.map((one) => (
        <To key={one.id} page="inspection" id={one.id} className="card" testId="due" data-overdue={one.overdue}>
          <Group justify="space-between" wrap="nowrap">
            <Text fw={650}>{one.place_name}</Text>
            <Due one={one} />
          </Group>
          <Dim>
            {one.plan_name}
            {one.address && ` · ${one.address}`}
          </Dim>
        </To>
      ))}
    </Stack>
  );
}

export function Due({ one }: { one: Inspection }) {
  const { t } = useTranslation('field');
  const days = daysUntil(one.due_at, new Date());
  const late = Date.parse(one.due_at) < Date.now();
  return (
    <Badge color={late ? '#c2153b' : '#4b5966'} c="#ffffff" radius="sm" style={{ flex: 'none', textTransform: 'none' }}>
      {late ? t('overdueDays', { count: -days }) : t('dueDays', { count: days })}
    </Badge>
  );
}
