/** Where nobody was for so long, the worst first. */
import { Anchor, Card, Group, Progress, SegmentedControl, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/request';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import type { Choose } from '../state';
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
    <div className="chart-table whole" tabIndex={0} role="region" aria-label={t('gaps')}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {['place', 'missed', 'cells'].map((one) => (
              <Table.Th key={one}>{t(one)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Table.Tr key={one.id} data-testid="gap">
              <Table.Td>
                <Anchor component="button" size="sm" ta="left" onClick={() => choose({ organisation: one.id })}>
                  {one.name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Group gap={8} wrap="nowrap">
                  <span className="number">{one.missed}</span>
                  <Progress value={(one.missed / one.cells) * 100} w={90} size="sm" color="orange" aria-hidden />
                </Group>
              </Table.Td>
              <Table.Td>{one.cells}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
