/** A job whose file is on its way: how much of it is there, and how to go on where it stopped. */
import { Button, FileInput, Progress, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../../ui/States';
import { sayFault } from '../../saved';
import type { ImportJob } from '../../types';
import { upload, useUploads, type Upload } from './uploads';

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

export function Sending({ job }: { job: ImportJob }) {
  const sending = useUploads((all) => all[job.id]);
  return sending ? <Sent job={job.id} {...sending} /> : <HalfSent job={job} />;
}

function Sent({ job, file, sent, problem }: Upload & { job: string }) {
  const { t } = useTranslation('admin');
  return (
    <Stack gap={6}>
      <Progress value={(100 * sent) / Math.max(1, file.size)} size="lg" animated={problem === null} aria-label={t('jobProgress')} />
      <Text size="sm">{t('jobSending', { sent: mib(sent), size: mib(file.size) })}</Text>
      {problem !== null && (
        <>
          <Fault problem={problem} />
          <Button size="compact-sm" onClick={() => void upload(job, file, sent)} data-testid="job-send-again">
            {t('jobSendAgain')}
          </Button>
        </>
      )}
    </Stack>
  );
}

function HalfSent({ job }: { job: ImportJob }) {
  const { t } = useTranslation('admin');
  const choose = (file: File | null) => {
    if (file) void (file.name === job.name ? upload(job.id, file, job.bytes) : sayFault(t('jobOtherName', { name: job.name })));
  };
  return (
    <Stack gap={6} data-testid="job-half-sent">
      <Text size="sm">{t('jobHalfSent', { sent: mib(job.bytes) })}</Text>
      <FileInput label={t('jobChooseAgain', { name: job.name })} placeholder={t('chooseFile')} value={null} onChange={choose} leftSection={<IconFileUpload size={16} aria-hidden />} data-testid="job-file" />
    </Stack>
  );
}
