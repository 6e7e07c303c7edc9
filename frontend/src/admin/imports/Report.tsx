/** What came of an import: the counts, and every refused row with its line, field and reason. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { save } from '../../ui/download';
import type { ImportReport } from '../types';
import { refusedCsv } from './refused';

export function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation('admin');
  const { rows, stored, refused, refused_count: count, ignored, warnings, check, kind } = report;
  return (
    <section aria-label={t('report')} data-testid="import-report" className="admin-report">
      <Alert color={count ? (stored ? 'yellow' : 'red') : 'teal'} role="status" title={t(outcome(report))} data-testid="import-outcome">
        <Text size="sm">{t(check ? 'reportChecked' : 'reportCounts', { rows, stored, refused: count, good: rows - count })}</Text>
        {ignored.length > 0 && <Text size="sm">{t('reportIgnored', { columns: ignored.join(', ') })}</Text>}
      </Alert>
      {warnings.length > 0 && (
        <Alert color="yellow" mt="xs" title={t('reportWarnings', { count: warnings.length })} data-testid="import-warnings">
          <ul className="admin-warnings">
            {warnings.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Alert>
      )}
      {refused.length > 0 && (
        <>
          <Group justify="space-between" my="xs">
            <Text size="sm" fw={600}>
              {t(refused.length < count ? 'refusedFirst' : 'refusedRows', { count, shown: refused.length })}
            </Text>
            <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => save(`${kind}-refused.csv`, refusedCsv(refused), 'text/csv')} data-testid="refused-csv">
              {t('asCsv')}
            </Button>
          </Group>
          <div className="admin-refused" tabIndex={0} role="group" aria-label={t('report')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('line')}</th>
                  <th scope="col">{t('field')}</th>
                  <th scope="col">{t('reason')}</th>
                </tr>
              </thead>
              <tbody>
                {refused.map((row) => (
                  <tr key={`${row.line} ${row.field}`} data-testid="refused-row">
                    <td>{row.line}</td>
                    <td>{row.field ? <code>{row.field}</code> : '–'}</td>
                    <td>{row.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function outcome({ check, refused_count, stored }: ImportReport): string {
  if (check) return refused_count ? 'checkedBad' : 'checkedGood';
  if (!refused_count) return 'importedAll';
  return stored ? 'importedSome' : 'importedNone';
}
