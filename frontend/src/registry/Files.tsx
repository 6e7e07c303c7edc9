/** Photographs and papers of a record. */
import { ActionIcon, Button, FileButton, Group, Text } from '@mantine/core';
import { IconFile, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../api/types';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { ElementName } from './elements';
import { COLLECTORS } from './roles';
import { sayDone, sayFault } from './said';

const TYPES = 'image/jpeg,image/png,image/webp,application/pdf,audio/*,video/webm,video/mp4';
const KIB = 1024;

interface Props {
  element: ElementName;
  id: string;
  purpose: string | undefined;
}

export function Files({ element, id, purpose }: Props) {
  const { t } = useTranslation('registry');
  const may = useStore((state) => COLLECTORS.has(state.me?.role ?? ''));
  const asked = useAsked(() => api.files(element, id, purpose), [element, id, purpose]);
  const [busy, setBusy] = useState(false);
  const add = (file: File | null) => {
    if (!file) return;
    setBusy(true);
    void api.addFile(element, id, file).then(() => (sayDone('fileAdded'), asked.again()), sayFault).finally(() => setBusy(false));
  };
  const remove = (file: Attachment) => void api.removeFile(element, id, file.id).then(() => (sayDone('fileRemoved'), asked.again()), sayFault);
  return (
    <section aria-label={t('tab_files')}>
      {may && (
        <FileButton onChange={add} accept={TYPES}>
          {(props) => <Button {...props} size="compact-sm" variant="default" loading={busy} data-testid="file-add">{t('addFile')}</Button>}
        </FileButton>
      )}
      <Text size="xs" c="dimmed" mt={6}>{t('filesHint')}</Text>
      <Answered asked={asked}>
        {(files) => (files.length === 0 ? <Empty>{t('noFiles')}</Empty> : (
          <ul className="ui-rows">
            {files.map((file) => <FileRow key={file.id} file={file} where={api.urlOfFile(element, id, file.id, purpose)} {...(may ? { onRemove: () => remove(file) } : {})} />)}
          </ul>
        ))}
      </Answered>
    </section>
  );
}

function FileRow({ file, where, onRemove }: { file: Attachment; where: string; onRemove?: () => void }) {
  const { t } = useTranslation('registry');
  return (
    <li data-testid="file">
      <a href={where} target="_blank" rel="noreferrer" className="registry-file">
        {file.media_type.startsWith('image/') ? <img src={where} alt="" loading="lazy" /> : <IconFile size={28} aria-hidden />}
        <span>
          <Text size="sm" fw={600}>{file.name}</Text>
          <Text size="xs" c="dimmed">{t('fileSays', { kib: Math.ceil(file.bytes / KIB).toLocaleString(), who: file.by_name, when: new Date(file.added_at).toLocaleString([], { hour12: false }) })}</Text>
        </span>
      </a>
      {onRemove && <Group><ActionIcon variant="subtle" color="gray" aria-label={t('removeFile', { name: file.name })} onClick={onRemove}><IconTrash size={16} aria-hidden /></ActionIcon></Group>}
    </li>
  );
}
