/** What was done, or found, on the spot: words, photographs, and for a verification whether it is in order. */
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../outbox/outbox';
import { here, outbox } from '../service';
import type { Task } from '../types';
import { Photos } from './Photos';
import { useDraft } from './useDraft';

/** Each photograph is sent by itself, before the words that end the task. */
const photosOf = (task: Task, photos: readonly Blob[]): Draft[] =>
  photos.map((file, n) => ({
    doing: 'photo', path: `/incidents/${encodeURIComponent(task.incident.id)}/files?name=${task.id}-${n + 1}.jpg`, file, about: task.incident.id, task: task.id,
  }));

export function Done({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const isVerifying = task.purpose === 'verify';
  const [note, setNote, forget] = useDraft(`done.${task.id}`);
  const [photos, setPhotos] = useState<Blob[]>([]);
  const incident = `/incidents/${encodeURIComponent(task.incident.id)}`;

  function send(more: Record<string, unknown>): void {
    const doing = isVerifying ? 'verify' : 'feedback';
    void outbox.add(...photosOf(task, photos), {
      doing, path: `${incident}/${doing}`, body: { note: note.trim(), ...here(), ...more }, about: task.incident.id, task: task.id,
    });
    forget();
  }

  const isEmpty = !note.trim();
  return (
    <Stack gap="sm" component="section" aria-label={t(isVerifying ? 'verify' : 'feedback')}>
      <Textarea label={t(isVerifying ? 'whatFound' : 'whatDone')} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={3} maxLength={4000} data-testid="done-note" />
      <Photos photos={photos} change={setPhotos} />
      {isVerifying ? (
        <Group gap={8}>
          <Button size="lg" flex={1} disabled={isEmpty} onClick={() => send({ passed: true })} data-testid="passed">
            {t('passed')}
          </Button>
          <Button size="lg" flex={1} color="red.9" disabled={isEmpty} onClick={() => send({ passed: false })} data-testid="not-passed">
            {t('notPassed')}
          </Button>
        </Group>
      ) : (
        <Button size="lg" disabled={isEmpty} onClick={() => send({})} data-testid="send-feedback">
          {t('sendFeedback')}
        </Button>
      )}
    </Stack>
  );
}

/** A note on the way, with photographs. */
export function NoteForm({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const [open, setOpen] = useState(false);
  const [note, setNote, forget] = useDraft(`note.${task.id}`);
  const [photos, setPhotos] = useState<Blob[]>([]);
  if (!open)
    return (
      <Button variant="default" onClick={() => setOpen(true)} data-testid="add-note">
        {t('addNote')}
      </Button>
    );
  function send(): void {
    const words: Draft[] = note.trim()
      ? [{ doing: 'note', path: `/incidents/${encodeURIComponent(task.incident.id)}/note`, body: { text: note.trim(), ...here() }, about: task.incident.id, task: task.id }]
      : [];
    void outbox.add(...photosOf(task, photos), ...words);
    forget();
    setPhotos([]);
    setOpen(false);
  }
  return (
    <Stack gap="sm" component="section" aria-label={t('note')}>
      <Textarea label={t('note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={4000} />
      <Photos photos={photos} change={setPhotos} />
      <Button disabled={!note.trim() && photos.length === 0} onClick={send}>
        {t('send')}
      </Button>
    </Stack>
  );
}
