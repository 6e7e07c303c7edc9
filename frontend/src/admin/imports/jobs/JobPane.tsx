/** One import job: how far it is and how fast, its refused rows, and its end. It stands in the address, so a reload shows it again. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginning, reasonOf, urlOf } from '../../../api/request';
import { instantOf } from '../../../format/moments';
import { age } from '../../../format/units';
import { AskTwice } from '../../../ui/form/AskTwice';
import { Pane } from '../../../ui/form/Pane';
import { Answered } from '../../../ui/States';
import { useAsked } from '../../../ui/useAsked';
import { useRegularly } from '../../../ui/useRegularly';
import * as api from '../../api';
import { sayFault } from '../../saved';
import type { ImportJob } from '../../types';
import { labelOf } from '../columns';
import { RefusedTable } from '../RefusedTable';
import { JobBar } from './JobBar';
import { Counted, JobState } from './Jobs';
import { Sending } from './Sending';
import { isActive, leftOf, rateOf, refusedIn, sampled, type Sample } from './state';

const EVERY_MS = 1_000;
/** Refused rows that are shown; the file holds more. */
const SHOWN = 100;

interface Props {
  id: string;
  onClose: () => void;
  /** It began, or ended. */
  onChange: () => void;
}

export function JobPane({ id, onClose, onChange }: Props) {
  const { t } = useTranslation('admin');
  const asked = useAsked(() => api.importJob(id), [id]);
  const job = asked.data;
  useRegularly(() => job !== null && isActive(job) && asked.again(), EVERY_MS);
  useEffect(onChange, [job?.state]);
  return (
    <Pane kind={`${t('job')} ${id}`} title={job?.name ?? id} onClose={onClose}>
      <div className="ui-pane-body" data-testid="job">
        <Answered asked={asked}>{(one) => <Shown job={one} again={asked.again} />}</Answered>
      </div>
    </Pane>
  );
}

function Shown({ job, again }: { job: ImportJob; again: () => void }) {
  const { t } = useTranslation('admin');
  const cancel = () => void api.turnImportJob(job.id, 'cancel').then(again, (error: unknown) => sayFault(reasonOf(error)));
  return (
    <>
      <Group justify="space-between">
        <JobState state={job.state} />
        <Counted job={job} />
      </Group>
      {job.state === 'receiving' ? <Sending job={job} /> : <JobBar job={job} />}
      {job.state === 'running' && job.total === null && (
        <Text size="sm" c="dimmed">
          {t('jobReading')}
        </Text>
      )}
      {job.problem && (
        <Alert color="red" role="alert" title={t('jobFailedTitle')} data-testid="job-problem">
          {job.problem}
        </Alert>
      )}
      <Facts job={job} />
      {isActive(job) && <AskTwice label={t('jobCancel')} hint={t('jobCancelHint')} yes={t('jobCancelYes')} red testId="job-cancel" onYes={cancel} />}
      {job.ignored.length > 0 && <Text size="sm">{t('reportIgnored', { columns: job.ignored.join(', ') })}</Text>}
      <Warnings warnings={job.warnings} />
      <Refused job={job} />
    </>
  );
}

function Facts({ job }: { job: ImportJob }) {
  const { t } = useTranslation('admin');
  const rate = useRate(job);
  const left = job.state === 'running' ? leftOf(job, rate) : null;
  const facts: [string, string | null][] = [
    ['jobHolds', t(labelOf(job.kind))],
    ['jobStored', (job.rows - job.refused).toLocaleString()],
    ['jobRefused', job.refused.toLocaleString()],
    ['jobRate', rate === null ? null : Math.round(rate).toLocaleString()],
    ['jobLeft', left === null ? null : age(left)],
    ['jobBy', job.by_name],
    ['jobBegan', job.started_at && instantOf(job.started_at)],
    ['jobEnded', job.ended_at && instantOf(job.ended_at)],
  ];
  return (
    <dl className="admin-facts">
      {facts.map(([name, value]) => value !== null && (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd data-testid={name}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Rows a second, from what was seen of it since this pane is open. */
function useRate(job: ImportJob): number | null {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => setSamples((old) => sampled(old, { at: Date.now(), rows: job.rows })), [job]);
  return rateOf(job, samples);
}

function Warnings({ warnings }: Pick<ImportJob, 'warnings'>) {
  const { t } = useTranslation('admin');
  return warnings.length === 0 ? null : (
    <Alert color="yellow" title={t('reportWarnings', { count: warnings.length })}>
      <ul className="admin-warnings">
        {warnings.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Alert>
  );
}

/** The first refused rows, asked for again while there are more of them than are shown. */
function Refused({ job }: { job: ImportJob }) {
  const { t } = useTranslation('admin');
  const wanted = Math.min(job.refused, SHOWN);
  const path = `/import-jobs/${job.id}/refused`;
  const asked = useAsked(async () => (wanted === 0 ? [] : refusedIn(await beginning(path, (text) => refusedIn(text, SHOWN).length === SHOWN), SHOWN)), [path, wanted]);
  if (job.refused === 0) return job.state === 'done' ? <Text size="sm">{t('jobNoRefused')}</Text> : null;
  return (
    <section aria-label={t('jobRefused')}>
      <Answered asked={asked}>
        {(rows) => (
          <RefusedTable
            rows={rows} count={job.refused}
            action={
              <Button component="a" href={urlOf(path)} download={`${job.id}-refused.csv`} size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />} data-testid="job-refused-csv">
                {t('asCsv')}
              </Button>
            }
          />
        )}
      </Answered>
      {job.refused > 100_000 && <Text size="xs">{t('jobRefusedKept')}</Text>}
    </section>
  );
}
