/** The incidents behind a figure, the newest first. */
import { Anchor, Badge, Button, Card, Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { usePages } from '../ui/list/usePages';
import '../desk/words';
import { Empty, Fault } from '../ui/States';
import { addressOf, figure, questionOf, took, type Choice, type Which } from './state';
import { today } from './today';
import type { Counted } from './types';

export function Incidents({ choice, which }: { choice: Choice; which: Which }) {
  const { t } = useTranslation('statistics');
  const pages = usePages<Counted>('/statistics/incidents', { ...questionOf(choice, today()), ...which, limit: 100 });
  return (
    <Card withBorder p="sm" data-testid="counted">
      <Group justify="space-between" mb={6}>
        <Group gap={8}>
          <Title order={3} size="h6">
            {t('counted', { figure: t(which.figure ?? 'reported') })}
          </Title>
          <Restrictions which={which} />
        </Group>
        <Button size="xs" variant="default" onClick={() => goTo(pathOf('statistics', [], addressOf(choice)))}>
          {t('back')}
        </Button>
      </Group>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      {pages.done && pages.rows.length === 0 ? <Empty>{t('noneCounted')}</Empty> : <Rows rows={pages.rows} />}
      {!pages.done && (
        <Button mt="sm" variant="default" size="xs" loading={pages.busy} onClick={pages.more}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
}

function Restrictions({ which }: { which: Which }) {
  const { t } = useTranslation('statistics');
  const said = [
    which.source && t(which.source), which.hour && `${which.hour}:00–${which.hour}:59`, which.clock && t(`clock_${which.clock}`),
    which.from_s && t('longer', { from: took(Number(which.from_s)) }), which.to_s && t('shorter', { to: took(Number(which.to_s)) }),
  ];
  return said.filter(Boolean).map((one) => (
    <Badge key={one} variant="light" className="chosen-kind">
      {one}
    </Badge>
  ));
}

function Rows({ rows }: { rows: readonly Counted[] }) {
  const { t, i18n } = useTranslation(['statistics', 'desk']);
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          {['id', 'kind', 'description', 'place', 'state', 'reportedAt', 'response', 'late'].map((one) => (
            <Table.Th key={one}>{t(one)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((one) => (
          <Table.Tr key={one.id} data-testid="counted-incident">
            <Table.Td>
              <Anchor size="sm" component="button" onClick={() => goTo(pathOf('desk', [one.id]))}>
                {one.id}
              </Anchor>
            </Table.Td>
            <Table.Td>{i18n.language === 'zh' ? one.kind_zh : one.kind_en}</Table.Td>
            <Table.Td>
              <Text size="sm" lineClamp={1} maw={360} title={one.description}>
                {one.description}
              </Text>
            </Table.Td>
            <Table.Td>{one.place_organisation.name}</Table.Td>
            <Table.Td>{t(`desk:state_${one.state}`)}</Table.Td>
            <Table.Td className="figures">{new Date(one.reported_at).toLocaleString()}</Table.Td>
            <Table.Td className="figures">{figure(one.response_s, 's')}</Table.Td>
            <Table.Td>{one.late ? '●' : ''}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
