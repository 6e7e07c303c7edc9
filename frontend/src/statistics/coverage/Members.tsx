/** What each member covered: those who left their post or made up their place first. */
import { Anchor, Badge, Button, Card, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/request';
import { goTo, pathOf } from '../../app/route';
import { usePages } from '../../ui/list/usePages';
import { Empty, Fault } from '../../ui/States';
import { took } from '../state';
import type { Covered } from './types';

const worst = (a: Covered, b: Covered): number => b.mock - a.mock || b.off_post_s - a.off_post_s || a.dwell_s - b.dwell_s;

export function Members({ question }: { question: Query }) {
  const { t } = useTranslation('coverage');
  const pages = usePages<Covered>('/coverage/members', question);
  return (
    <Card withBorder p="sm" data-testid="coverage-members">
      <Title order={3} size="h6" mb={4}>
        {t('members')}
      </Title>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      {pages.done && pages.rows.length === 0 && <Empty>{t('noMembers')}</Empty>}
      <div className="chart-table whole" tabIndex={0} role="region" aria-label={t('members')}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {['member', 'organisation', 'post', 'cells', 'time', 'offPost', 'madeUp', 'lastFix'].map((one) => (
                <Table.Th key={one}>{t(one)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...pages.rows].sort(worst).map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {!pages.done && (
        <Button mt="sm" variant="default" size="xs" loading={pages.busy} onClick={pages.more}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
}

function Row({ one }: { one: Covered }) {
  return (
    <Table.Tr data-testid="covered">
      <Table.Td>
        <Anchor component="button" size="sm" ta="left" onClick={() => goTo(pathOf('map', [], { member: one.id }))}>
          {one.name}
        </Anchor>
      </Table.Td>
      <Table.Td>{one.organisation_name}</Table.Td>
      <Table.Td>{one.post_cells ? `${one.post_visited} / ${one.post_cells}` : '–'}</Table.Td>
      <Table.Td>{one.cells}</Table.Td>
      <Table.Td>{took(one.dwell_s)}</Table.Td>
      <Table.Td>{one.off_post_s > 0 ? <Badge color="orange" variant="light" className="chosen-kind">{took(one.off_post_s)}</Badge> : '–'}</Table.Td>
      <Table.Td>{one.mock > 0 ? <Badge color="red" variant="light">{one.mock}</Badge> : '–'}</Table.Td>
      <Table.Td className="figures">{one.last_fix ? new Date(one.last_fix).toLocaleString() : '–'}</Table.Td>
    </Table.Tr>
  );
}
