/** Name and telephone, masked until somebody says what he needs them for; that look is on record, and ends with the pane. */
import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../desk/useDeed';
import * as api from './api';
import type { CitizenRequest, Contact as Full } from './types';

export function Contact({ request, may }: { request: CitizenRequest; may: boolean }) {
  const { t } = useTranslation('service');
  const [full, setFull] = useState<Full | null>(null);
  const [asking, setAsking] = useState(false);
  const shown = full ?? request;
  const none = request.name === null && request.telephone === null;
  return (
    <section data-testid="request-contact">
      <Title order={4} size="h6">
        {t('contact')}
      </Title>
      {none ? (
        <Text size="sm" c="dimmed">
          {t('noContact')}
        </Text>
      ) : (
        <dl>
          <dt>{t('name')}</dt>
          <dd>{shown.name ?? '–'}</dd>
          <dt>{t('telephone')}</dt>
          <dd>{full?.telephone ? <a href={`tel:${full.telephone.replace(/[^0-9+]/g, '')}`}>{full.telephone}</a> : (shown.telephone ?? '–')}</dd>
        </dl>
      )}
      {!none && may && !asking && (
        <Button size="compact-sm" variant="default" onClick={() => (full ? setFull(null) : setAsking(true))} data-testid="reveal">
          {t(full ? 'hide' : 'reveal')}
        </Button>
      )}
      {asking && <Purpose request={request} onShown={(told) => (setFull(told), setAsking(false))} onCancel={() => setAsking(false)} />}
    </section>
  );
}

function Purpose({ request, onShown, onCancel }: { request: CitizenRequest; onShown: (told: Full) => void; onCancel: () => void }) {
  const { t } = useTranslation('service');
  const [purpose, setPurpose] = useState('');
  const { busy, run } = useDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onShown(await api.reveal(request.id, purpose.trim())));
  };
  return (
    <form onSubmit={send}>
      <TextInput label={t('purpose')} description={t('purposeHint')} required maxLength={200} autoFocus value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} data-testid="purpose" />
      <Group gap={8} mt={8}>
        <Button size="compact-sm" type="submit" loading={busy} disabled={!purpose.trim()} data-testid="reveal-send">
          {t('show')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}
