/** A new case: for whom, what is needed, who helps with what. */
import { Title } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { useDeed } from '../../desk/useDeed';
import { said, type Field, type Values } from '../fields';
import { Form } from '../Form';
import * as api from './api';
import { stepsOf } from './state';
import { KINDS } from './types';

export function NewCase({ onMade }: { onMade: (id: string) => void }) {
  const { t } = useTranslation('service');
  const { busy, run } = useDeed();
  const key = useRef(newKey());
  const fields: Field[] = [
    { name: 'person', kind: 'found', among: 'people', label: t('forWhom'), required: true },
    { name: 'kind', kind: 'choice', label: t('kind'), required: true, data: KINDS.map((value) => ({ value, label: t(value) })) },
    { name: 'title', kind: 'line', label: t('title'), required: true, most: 120 },
    { name: 'need', kind: 'text', label: t('needed'), required: true },
    ...planFields(t),
  ];
  const send = (values: Values) => void run(async () => onMade((await api.open({ ...said(values, 'person', 'kind', 'title', 'need'), ...planOf(values) }, key.current)).id), t('done_case'));
  return (
    <section className="service-new">
      <Title order={3} size="h4">
        {t('newCase')}
      </Title>
      <Form fields={fields} action={t('openCase')} busy={busy} onSend={send} />
    </section>
  );
}

/** Who helps, when the next visit is, and what is to be done: of a new case and of one that is planned anew. */
export const planFields = (t: (key: string) => string, start: { steps?: string; next?: string } = {}): Field[] => [
  { name: 'helper', kind: 'found', among: 'members', label: t('helper') },
  { name: 'next_visit_on', kind: 'date', label: t('nextVisit'), start: start.next ?? '' },
  { name: 'steps', kind: 'text', label: t('steps'), hint: t('stepsHint'), start: start.steps ?? '' },
];

export const planOf = (values: Values) => ({ ...said(values, 'helper', 'next_visit_on'), steps: stepsOf(values.steps ?? '') });
