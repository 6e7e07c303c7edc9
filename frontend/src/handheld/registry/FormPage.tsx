/** One form, filled in about something of the grid. */
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answers } from '../../forms/types';
import { nameIn } from '../../i18n';
import { Dim, Heading } from '../pages/parts';
import { goTo } from '../route';
import { outbox } from '../service';
import { placeOf, useHandheld } from '../store';
import { Filling } from './Filling';
import { entryOf } from './household';
import { nameOfRecord, RecordPicker } from './RecordPicker';
import type { Target } from './types';
import './words';

export function FormPage({ id }: { id: string | null }) {
  const { t, i18n } = useTranslation('field');
  const form = useHandheld((state) => state.forms).find((one) => one.code === id);
  const [target, setTarget] = useState<Target | null>(null);
  if (!form) return <Text role="status">{t('noForms')}</Text>;
  const title = nameIn(i18n.language, form.title_en, form.title_zh);

  function send(answers: Answers): void {
    if (!form || !target) return;
    const state = useHandheld.getState();
    const about = `${title}: ${nameOfRecord(state.ground, target)}`;
    void outbox.add({ ...entryOf({ form: form.code, version: form.version, title, answers }, target, placeOf(state), new Date()), about });
    goTo('registry');
  }

  return (
    <Stack gap="md">
      <Heading back="registry">{title}</Heading>
      <RecordPicker form={form} target={target} choose={setTarget} />
      {target && <Filling form={form} button={t('send')} onSend={send} />}
      {target && <Dim>{t('kept')}</Dim>}
    </Stack>
  );
}
