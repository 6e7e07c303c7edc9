/** Where nobody was for so long, the worst first. */
import { Anchor, Card, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/request';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import type { Choose } from '../state';
import { Barred, FigureTable } from '../FigureTable';
import type { Gap } from './types';

const HOURS = [8, 24, 48, 168];

export function Gaps({ organisation, choose }: { organisation: string | undefined; choose: Choose }) {
  const { t } = useTranslation('coverage');
  const [hours, setHours] = useState(24);
  const asked = useAsked(() => get<{ items: Gap[] }>('/coverage/gaps', { organisation, hours, limit: 200 }), [organisation, hours]);
  return (
    <Card withBorder p="sm" data-testid="coverage-gaps">
      <Group justify="space-between" mb={4}>
        <Title order={3} size="h6">
          {t('gaps')}
        </Title>
        <SegmentedControl size="xs" aria-label={t('gaps')} value={String(hours)} onChange={(to) => setHours(Number(to))} data={HOURS.map((one) => ({ value: String(one), label: t('hours', { hours: one }) }))} />
      </Group>
      <Answered asked={asked}>{({ items }) => (items.length === 0 ? <Empty>{t('noGaps')}</Empty> : <Rows items={items} choose={choose} />)}</Answered>
    </Card>
  );
}

function Rows({ items, choose }: { items: readonly Gap[]; choose: Choose }) {
  const { t } = useTranslation('coverage');
  return (
    <FigureTable whole label={t('gaps')} heads={['place', 'missed', 'cells'].map((one) => t(one))}>
      {items.map((one) => (
        <Table.Tr key={one.id} data-testid="gap">
          <Table.Td>
            <Anchor component="button" size="sm" ta="left" onClick={() => choose({ organisation: one.id })}>
              {one.name}
            </Anchor>
          </Table.Td>
          <Table.Td>
            <Barred share={one.missed / one.cells} color="orange">
              {one.missed}
            </Barred>
          </Table.Td>
          <Table.Td>{one.cells}</Table.Td>
        </Table.Tr>
      ))}
    </FigureTable>
  );
}
