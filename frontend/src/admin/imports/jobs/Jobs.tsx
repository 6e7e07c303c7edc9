/** The import jobs, the newest first, each with how far it is; asked for again while one of them is on its way. */
import { Badge, Button, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { follow } from '../../../app/route';
import { momentOf } from '../../../format/moments';
import type { Pages } from '../../../ui/list/usePages';
import { Empty, Fault } from '../../../ui/States';
import { useRegularly } from '../../../ui/useRegularly';
import type { ImportJob } from '../../types';
import { labelOf } from '../columns';
import { JobBar } from './JobBar';
import { isActive } from './state';

const EVERY_MS = 2_000;
const COLOURS: Record<ImportJob['state'], string> = { receiving: 'gray', running: 'cyan', done: 'teal', failed: 'red', cancelled: 'gray' };

interface Props {
  pages: Pages<ImportJob>;
  chosen: string | undefined;
  /** The address of one. */
  to: (job: ImportJob) => string;
}

export function Jobs({ pages, chosen, to }: Props) {
  const { t } = useTranslation('admin');
  useRegularly(() => pages.rows.some(isActive) && pages.again(), EVERY_MS);
  return (
    <section aria-label={t('jobs')} className="admin-jobs">
      <Title order={3} size="h5">
        {t('jobs')}
      </Title>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      {pages.done && pages.rows.length === 0 && <Empty hint={t('noJobsHint')}>{t('noJobs')}</Empty>}
      {pages.rows.length > 0 && (
        <ul>
          {pages.rows.map((job) => (
            <li key={job.id}>
              <Row job={job} current={job.id === chosen} to={to(job)} />
            </li>
          ))}
        </ul>
      )}
      {!pages.done && !pages.busy && (
        <Button variant="subtle" onClick={pages.more}>
          {t('moreJobs')}
        </Button>
      )}
    </section>
  );
}

function Row({ job, current, to }: { job: ImportJob; current: boolean; to: string }) {
  const { t } = useTranslation('admin');
  return (
    <a href={to} aria-current={current || undefined} data-testid="job-row" data-id={job.id} onClick={follow(to)}>
      <span className="what">
        <b>{job.name}</b>
        <small>
          {momentOf(job.made_at)} · {t(labelOf(job.kind))} · {job.id} · {job.by_name}
        </small>
      </span>
      <span className="far">
        <JobBar job={job} size="sm" />
        <Counted job={job} />
      </span>
      <JobState state={job.state} />
    </a>
  );
}

/** Its rows in words. */
export function Counted({ job }: { job: ImportJob }) {
  const { t } = useTranslation('admin');
  const rows = job.rows.toLocaleString();
  return (
    <Text component="small" size="xs" className="numbers">
      {job.total === null ? t('jobRowsOnly', { rows }) : t('jobRows', { rows, total: job.total.toLocaleString() })}
      {job.refused > 0 && ` · ${t('jobRefused')}: ${job.refused.toLocaleString()}`}
    </Text>
  );
}

export function JobState({ state }: Pick<ImportJob, 'state'>) {
  const { t } = useTranslation('admin');
  return (
    <Badge variant="light" color={COLOURS[state]} data-testid="job-state" data-state={state}>
      {t(`job_${state}`)}
    </Badge>
  );
}
