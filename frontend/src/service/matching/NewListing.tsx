/** A new offer or need. */
import { Title } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { useDeed } from '../../desk/useDeed';
import { said, type Field, type Values } from '../fields';
import { Form } from '../Form';
import { placeField } from '../hotline/state';
import { placeOf } from '../state';
import * as api from './api';
import { CATEGORIES } from './types';

const DAYS = 30;
const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export function NewListing({ onMade }: { onMade: (id: string) => void }) {
  const { t } = useTranslation('service');
  const { busy, run } = useDeed();
  const key = useRef(newKey());
  const choice = (values: readonly string[]) => values.map((value) => ({ value, label: t(value) }));
  const fields: Field[] = [
    { name: 'side', kind: 'choice', label: t('side'), required: true, data: choice(['offer', 'need']) },
    { name: 'category', kind: 'choice', label: t('kind'), required: true, data: choice(CATEGORIES) },
    { name: 'title', kind: 'line', label: t('title'), required: true, most: 120 },
    { name: 'body', kind: 'text', label: t('details'), hint: t('detailsHint'), required: true },
    { name: 'organisation', kind: 'organisation', label: t('organisation'), required: true },
    placeField(t('coordinates'), t('badPlace'), t('placeHint')),
    { name: 'ends_on', kind: 'date', label: t('lastDay'), required: true, start: inDays(DAYS) },
    { name: 'name', kind: 'line', label: t('name'), most: 80 },
    { name: 'telephone', kind: 'tel', label: t('telephone'), most: 32 },
  ];
  const send = (values: Values) =>
    void run(async () => onMade((await api.add({ ...said(values, 'side', 'category', 'title', 'body', 'organisation', 'ends_on', 'name', 'telephone'), ...placeOf(values.place ?? '') }, key.current)).id), t('done_listing'));
  return (
    <section className="service-new">
      <Title order={3} size="h4">
        {t('newListing')}
      </Title>
      <Form fields={fields} action={t('listIt')} busy={busy} onSend={send} />
    </section>
  );
}
