/** The organisations below, the busiest first; every number leads to its incidents. */
import { Anchor, Card, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Behind } from './Behind';
import { figure, type Choice, type Choose } from './state';
import type { Child } from './types';
import { Barred, FigureTable } from './FigureTable';

const COUNTED = ['still_open', 'late', 'sent_back'] as const;

interface Props {
  items: readonly Child[];
  choice: Choice;
  choose: Choose;
}

export function Below({ items, choice, choose }: Props) {
  const { t } = useTranslation('statistics');
  if (items.length === 0) return <Text size="sm">{t('noneBelow')}</Text>;
  const most = Math.max(1, ...items.map((one) => one.reported));
  return (
    <Card withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('below')}
      </Title>
      <FigureTable whole label={t('below')} heads={['name', 'reported', ...COUNTED, 'closing_rate', 'on_time_rate', 'response_p50'].map((one) => t(one))}>
        {[...items].sort((a, b) => b.reported - a.reported).map((one) => (
          <Row key={one.id} one={one} most={most} choice={choice} choose={choose} />
        ))}
      </FigureTable>
    </Card>
  );
}

function Row({ one, most, choice, choose }: Omit<Props, 'items'> & { one: Child; most: number }) {
  const { t } = useTranslation('statistics');
  const there = { ...choice, organisation: one.id };
  const number = (code: 'reported' | (typeof COUNTED)[number]) => (
    <Behind choice={there} which={{ figure: code }} about={`${one.name}, ${t(code)}`}>
      {String(one[code])}
    </Behind>
  );
  return (
    <Table.Tr data-testid="organisation-below">
      <Table.Td>
        <Anchor component="button" size="sm" onClick={() => choose({ organisation: one.id })}>
          {one.name}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Barred share={one.reported / most}>{number('reported')}</Barred>
      </Table.Td>
      {COUNTED.map((code) => (
        <Table.Td key={code}>{number(code)}</Table.Td>
      ))}
      <Table.Td>{figure(one.closing_rate, 'share')}</Table.Td>
      <Table.Td>{figure(one.on_time_rate, 'share')}</Table.Td>
      <Table.Td>{figure(one.response_p50, 's')}</Table.Td>
    </Table.Tr>
  );
}
