/** How far a job is: what is stored, and beside it what was refused. */
import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportJob } from '../../types';
import { percentOf } from './state';

const COLOURS: Partial<Record<ImportJob['state'], string>> = { running: 'cyan', done: 'teal' };

export function JobBar({ job, size = 'lg' }: { job: ImportJob; size?: string }) {
  const { t } = useTranslation('admin');
  const percent = percentOf(job);
  const refused = job.rows ? ((percent ?? 0) * job.refused) / job.rows : 0;
  if (percent === null) return <Progress className="admin-bar" value={job.state === 'running' ? 100 : 0} size={size} color="gray.5" animated={job.state === 'running'} aria-label={t('jobProgress')} />;
  return (
    <Progress.Root className="admin-bar" size={size} data-testid="job-bar">
      <Progress.Section value={percent - refused} color={COLOURS[job.state] ?? 'gray.5'} aria-label={t('jobStored')} />
      <Progress.Section value={refused} color="orange" aria-label={t('jobRefused')} />
    </Progress.Root>
  );
}
