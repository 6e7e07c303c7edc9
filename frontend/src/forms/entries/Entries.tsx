/** What was filled in about one record, and filling in more: for the page of a person, household, place or establishment. */
import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconForms } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { newKey } from '../../api/key';
import { nameIn } from '../../i18n';
import { useStore } from '../../state/store';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import type { Answers, Element, Form } from '../types';
import '../words';
import { EntryCard } from './EntryCard';

/** With the library that draws it: fetched when somebody fills one in. */
const FilledForm = lazy(async () => ({ default: (await import('../render/FilledForm')).FilledForm }));

interface Props {
  element: Element;
  record: string;
  /** Why, where it is data of people. */
  purpose?: string | undefined;
}

/** Folded, since each look at data of people goes on record. */
export function FoldedEntries(props: Props) {
  const { t } = useTranslation('forms');
  const [open, setOpen] = useState(false);
  return (
    <div className="forms-folded">
      <Button variant="subtle" size="compact-sm" aria-expanded={open} leftSection={<IconForms size={16} aria-hidden />} onClick={() => setOpen(!open)} data-testid={`entries-of-${props.element}`}>
        {t('forms')}
      </Button>
      {open && <Entries {...props} />}
    </div>
  );
}

export function Entries({ element, record, purpose }: Props) {
  const { t } = useTranslation('forms');
  const asked = useAsked(() => api.entriesOf(element, record, { purpose }), [element, record, purpose]);
  return (
    <Stack gap={6} data-testid="entries">
      <Answered asked={asked}>
        {(entries) => (
          <>
            {entries.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('noEntries')}
              </Text>
            )}
            {entries.map((entry) => (
              <EntryCard key={entry.id} entry={entry} />
            ))}
          </>
        )}
      </Answered>
      <FillIn element={element} record={record} onDone={asked.again} />
    </Stack>
  );
}

function FillIn({ element, record, onDone }: Pick<Props, 'element' | 'record'> & { onDone: () => void }) {
  const { t, i18n } = useTranslation('forms');
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(() => api.forms(), []);
  const [code, setCode] = useState<string | null>(null);
  const mine = (asked.data ?? []).filter((one) => one.elements.includes(element) && one.fillers.includes(role));
  const form = mine.find((one) => one.code === code);
  if (mine.length === 0) return null;
  if (code === null) return <Button variant="default" size="compact-sm" style={{ alignSelf: 'start' }} onClick={() => setCode('')} data-testid="fill-in">{t('fillIn')}</Button>;
  return (
    <Stack gap="sm">
      <NativeSelect label={t('whichForm')} data={[{ value: '', label: '' }, ...mine.map((one) => ({ value: one.code, label: nameIn(i18n.language, one.title_en, one.title_zh) }))]} value={code} onChange={(event) => setCode(event.currentTarget.value)} data-testid="which-form" />
      {form && <Filling key={form.id} form={form} element={element} record={record} onDone={() => (setCode(null), onDone())} onCancel={() => setCode(null)} />}
    </Stack>
  );
}

function Filling({ form, element, record, onDone, onCancel }: Pick<Props, 'element' | 'record'> & { form: Form; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('forms');
  const [answers, setAnswers] = useState<Answers>({});
  const [key] = useState(newKey);
  const [problem, setProblem] = useState<string | null>(null);
  const send = (said: Answers) =>
    void api.fill(form.code, { element, record, answers: said, form_version: form.version }, key).then(
      () => (notifications.show({ message: t('stored'), color: 'teal' }), onDone()),
      (error: unknown) => setProblem(reasonOf(error)),
    );
  return (
    <Suspense fallback={null}>
      <FilledForm form={form} answers={answers} onChange={setAnswers} onSend={send} name={`fill-${record}`}>
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Group>
          <Button type="submit" data-testid="send-entry">
            {t('send')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </FilledForm>
    </Suspense>
  );
}
