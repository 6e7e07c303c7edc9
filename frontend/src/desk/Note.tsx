/** A note to an incident; it stays on record like every step. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from './store';
import type { Incident } from './types';
import { useDeed } from './useDeed';

export function Note({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  const [text, setText] = useState('');
  const { busy, run } = useDeed();
  const act = useDesk((state) => state.do);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await run(() => act(incident.id, 'note', { text }))) setText('');
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group gap={6} wrap="nowrap" align="flex-end">
        <TextInput size="xs" style={{ flex: 1 }} label={t('addNote')} value={text} onChange={(event) => setText(event.currentTarget.value)} required />
        <Button type="submit" size="xs" variant="default" loading={busy}>
          {t('addFile')}
        </Button>
      </Group>
    </form>
  );
}
