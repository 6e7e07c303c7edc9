/** Which classes and kinds of the catalogue belong to a theme: the city's data. */
import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/request';
import { kinds } from '../desk/api';
import { useDeed } from '../desk/useDeed';
import '../desk/words';
import { nameIn } from '../i18n';
import { useAsked } from '../ui/useAsked';
import type { Theme } from './types';

export function Belongs({ theme, onChange }: { theme: Theme; onChange: () => void }) {
  const { t, i18n } = useTranslation('social');
  const { busy, run } = useDeed();
  const [said, setSaid] = useState({ name_en: theme.name_en, name_zh: theme.name_zh, classes: theme.classes, kinds: theme.kinds });
  const known = useAsked(kinds, []);
  const catalogue = known.data ?? [];
  const classes = [...new Set([...theme.classes, ...catalogue.map((one) => one.class)])];
  const send = (event: FormEvent) => {
    event.preventDefault();
    void run(() => request('PUT', `/themes/${encodeURIComponent(theme.code)}`, { body: { version: theme.version, ...said } }), t('saved')).then(onChange);
  };
  return (
    <details className="social-belongs">
      <summary>{t('belongs')}</summary>
      <form onSubmit={send}>
        <Group>
          <TextInput label={t('name_en')} required maxLength={60} value={said.name_en} onChange={(event) => setSaid({ ...said, name_en: event.currentTarget.value })} />
          <TextInput label={t('name_zh')} required maxLength={60} value={said.name_zh} onChange={(event) => setSaid({ ...said, name_zh: event.currentTarget.value })} />
        </Group>
        <MultiSelect label={t('classes')} data={classes} value={said.classes} onChange={(value) => setSaid({ ...said, classes: value })} searchable />
        <MultiSelect label={t('single')} data={catalogue.map((one) => ({ value: one.code, label: `${one.code} · ${nameIn(i18n.language, one.name_en, one.name_zh)}` }))} value={said.kinds} onChange={(value) => setSaid({ ...said, kinds: value })} searchable limit={50} error={known.problem} />
        <Button type="submit" size="xs" loading={busy} mt={8}>
          {t('save')}
        </Button>
      </form>
    </details>
  );
}
