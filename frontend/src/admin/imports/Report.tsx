/** What came of an import: the counts, and every refused row with its line, field and reason. */
import { Alert, Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { save } from '../../ui/download';
import type { ImportReport } from '../types';
import { refusedCsv } from './refused';
import { RefusedTable } from './RefusedTable';

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
        <RefusedTable
          rows={refused} count={count}
          action={
            <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => save(`${kind}-refused.csv`, refusedCsv(refused), 'text/csv')} data-testid="refused-csv">
              {t('asCsv')}
            </Button>
          }
        />
      )}
    </section>
  );
}

function outcome({ check, refused_count, stored }: ImportReport): string {
  if (check) return refused_count ? 'checkedBad' : 'checkedGood';
  if (!refused_count) return 'importedAll';
  return stored ? 'importedSome' : 'importedNone';
}
