/** Photographs and files of an incident, with how far from the place a photograph claims to be taken. */
import { Button, FileButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../api/request';
import { distance } from '../format/units';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { Attachment, Incident } from './types';
import { useDeed } from './useDeed';

const TYPES = 'image/jpeg,image/png,image/webp,application/pdf';
/** From so many metres on, a photograph's own place is worth a look. */
const FAR_M = 100;

export function Files({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  const asked = useAsked(() => api.files(incident.id), [incident.id, incident.version]);
  const { busy, run } = useDeed();
  const add = (file: File | null) => file && void run(async () => (await api.addFile(incident.id, file), asked.again()));
  return (
    <section aria-label={t('files')}>
      <Group justify="space-between">
        <Text component="h3" fw={600} size="sm" m={0}>
          {t('files')}
        </Text>
        <FileButton onChange={add} accept={TYPES}>
          {(props) => (
            <Button {...props} size="compact-xs" variant="default" loading={busy}>
              {t('addFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      <Answered asked={asked}>
        {(files) =>
          files.length === 0 ? (
            <Text size="xs" c="dimmed">
              {t('noFiles')}
            </Text>
          ) : (
            <div className="files">
              {files.map((file) => (
                <FileLink key={file.id} file={file} />
              ))}
            </div>
          )
        }
      </Answered>
    </section>
  );
}

function FileLink({ file }: { file: Attachment }) {
  const { t } = useTranslation('desk');
  const where = urlOf(`/files/${encodeURIComponent(file.id)}`);
  const far = file.metres_off !== null && file.metres_off > FAR_M;
  return (
    <a href={where} target="_blank" rel="noreferrer" title={`${file.name} · ${file.by_name}`}>
      {file.media_type.startsWith('image/') ? <img src={where} alt={file.name} loading="lazy" /> : <span>{file.name}</span>}
      {far && <small className="far">{t('metresOff', { metres: distance(file.metres_off!) })}</small>}
    </a>
  );
}
