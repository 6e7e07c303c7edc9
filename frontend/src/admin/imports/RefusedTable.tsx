/** Refused rows with their line, field and reason; above them what they are, and how to fetch them all. */
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusedRow } from '../types';

interface Props {
  rows: readonly RefusedRow[];
  /** All of them, of which some are shown. */
  count: number;
  /** Fetches them as a file. */
  action: ReactNode;
}

export function RefusedTable({ rows, count, action }: Props) {
  const { t } = useTranslation('admin');
  return (
    <>
      <Group justify="space-between" my="xs">
        <Text size="sm" fw={600}>
          {t(rows.length < count ? 'refusedFirst' : 'refusedRows', { count, shown: rows.length })}
        </Text>
        {action}
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
            {rows.map((row) => (
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
  );
}
