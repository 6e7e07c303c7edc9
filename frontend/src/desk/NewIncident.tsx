/** A report taken at the desk: click the place, choose the kind, say what happened. */
import { Alert, Button, CloseButton, Group, Select, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { nameIn } from '../i18n';
import { AddressField } from './AddressField';
import * as api from './api';
import { useDesk } from './store';
import { useDeed } from './useDeed';

const PRIORITIES = ['1', '2', '3', '4'];

export function NewIncident() {
  const { t, i18n } = useTranslation('desk');
  const { placing, place, kinds, know } = useDesk();
  const [kind, setKind] = useState<string | null>(null);
  const [words, setWords] = useState({ description: '', address: '', contact: '' });
  const [priority, setPriority] = useState<string | null>(null);
  const key = useRef(crypto.randomUUID()); // sent twice, it is one report
  const { busy, run } = useDeed();
  const choices = useMemo(() => kinds.map((one) => ({ value: one.code, label: `${nameIn(i18n.language, one.name_en, one.name_zh)} · ${one.code}` })), [kinds, i18n.language]);
  useEffect(() => {
    if (useDesk.getState().placing === null) place('wanted');
    return () => place(null);
  }, [place]);
  const at = Array.isArray(placing) ? placing : null;
  const said = (name: keyof typeof words) => ({ value: words[name], onChange: (event: { currentTarget: { value: string } }) => setWords({ ...words, [name]: event.currentTarget.value }) });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!at || !kind) return;
    await run(async () => {
      const made = await api.report(
        { kind, longitude: at[0], latitude: at[1], description: words.description, address: words.address || null, contact: words.contact || null, priority: priority ? Number(priority) : null },
        key.current,
      );
      know(made);
      goTo(pathOf('desk', [made.id]), true);
    });
  }

  return (
    <form className="scroll incident-panel" onSubmit={(event) => void submit(event)} data-testid="new-incident-form">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('newIncident')}
        </Title>
        <CloseButton aria-label={t('back')} onClick={() => goTo(pathOf('map'))} />
      </Group>
      <Stack gap={8}>
        <Alert p={8} color={at ? 'teal' : 'orange'} data-testid="place">
          {at ? `${t('picked')}: ${at[1].toFixed(5)}, ${at[0].toFixed(5)}` : t('pickPlace')}
        </Alert>
        <Select label={t('kind')} searchable required data={choices} value={kind} onChange={setKind} limit={100} nothingFoundMessage={t('nothingFound')} data-testid="kind" />
        <Textarea label={t('description')} required autosize minRows={2} maxLength={4000} {...said('description')} data-testid="description" />
        <AddressField value={words.address} onChange={(address) => setWords((old) => ({ ...old, address }))} />
        <TextInput label={t('contact')} {...said('contact')} />
        <Select label={t('priority')} clearable data={PRIORITIES} value={priority} onChange={setPriority} />
        <Button type="submit" loading={busy} disabled={!at || !kind} data-testid="report">
          {t('report')}
        </Button>
      </Stack>
    </form>
  );
}
