/** A form that is not there yet: its code and titles, then it is edited as a draft. */
import { Alert, Button, Stack, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { goTo, pathOf } from '../../app/route';
import * as api from '../api';
import { added, definitionOf } from './rows';

export function NewForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('forms');
  const [code, setCode] = useState('');
  const [en, setEn] = useState('');
  const [zh, setZh] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function make(event: FormEvent): Promise<void> {
    event.preventDefault();
    const [first] = added([]);
    try {
      await api.draft(code, { title_en: en, title_zh: zh, elements: ['places'], ...definitionOf([{ ...first!, title: en, zh }]), seen: null });
      onDone();
      goTo(pathOf('forms', [code, 'edit']));
    } catch (error) {
      setProblem(reasonOf(error));
    }
  }

  return (
    <form className="forms-detail" onSubmit={(event) => void make(event)}>
      <Stack gap="sm" maw={460} p="lg">
        <Title order={3} size="h3">
          {t('newForm')}
        </Title>
        <TextInput label={t('code')} description={t('codeHint')} value={code} onChange={(event) => setCode(event.currentTarget.value)} required maxLength={40} pattern="[a-z0-9][a-z0-9\-]*" />
        <TextInput label={t('titleEn')} value={en} onChange={(event) => setEn(event.currentTarget.value)} required maxLength={200} />
        <TextInput label={t('titleZh')} value={zh} onChange={(event) => setZh(event.currentTarget.value)} required maxLength={200} />
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Button type="submit">{t('saveDraft')}</Button>
      </Stack>
    </form>
  );
}
