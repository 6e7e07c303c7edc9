/** Reports that were made, the newest first, each as PDF and XLSX. */
import { Anchor, Button, Card, Group, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/request';
import { usePages } from '../../ui/list/usePages';
import { Empty, Fault } from '../../ui/States';
import { dayAfter } from '../state';
import type { Report } from './types';

export function Made() {
  const { t } = useTranslation('reports');
  const pages = usePages<Report>('/reports/made', { limit: 50 });
  return (
    <Card withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('made')}
      </Title>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      {pages.done && pages.rows.length === 0 ? <Empty>{t('noReports')}</Empty> : <Rows rows={pages.rows} />}
      {!pages.done && (
        <Button mt="sm" variant="default" size="xs" loading={pages.busy} onClick={pages.more}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
}

function Rows({ rows }: { rows: readonly Report[] }) {
  const { t } = useTranslation('reports');
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          {['name', 'organisation', 'days', 'madeAt', 'files'].map((one) => (
            <Table.Th key={one}>{t(one)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((one) => (
          <Table.Tr key={one.id} data-testid="report">
            <Table.Td>{one.name}</Table.Td>
            <Table.Td>{one.organisation_name}</Table.Td>
            <Table.Td className="figures">{one.begins === dayAfter(one.ends, -1) ? one.begins : `${one.begins} – ${dayAfter(one.ends, -1)}`}</Table.Td>
            <Table.Td className="figures">{new Date(one.made_at).toLocaleString()}</Table.Td>
            <Table.Td>
              <Group gap="sm">
                {(['pdf', 'xlsx'] as const).map((kind) => (
                  <Anchor key={kind} size="sm" href={urlOf(`/reports/made/${one.id}/${kind}`)} download aria-label={`${kind.toUpperCase()}: ${one.name}, ${one.begins}`}>
                    {kind.toUpperCase()} ({Math.ceil(one[`${kind}_bytes`] / 1024)} KB)
                  </Anchor>
                ))}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
