/** A call while the caller is on the line; whose number it is shows as soon as it was typed. */
import { Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { useDeed } from '../../desk/useDeed';
import { useAsked } from '../../ui/useAsked';
import type { Field, Values } from '../fields';
import { Form } from '../Form';
import { KINDS } from '../types';
import * as api from './api';
import { EarlierList } from './EarlierList';
import { callOf, isNumber, placeField } from './state';

const PAUSE_MS = 600;

export function NewCall({ onMade }: { onMade: (id: string) => void }) {
  const { t } = useTranslation('service');
  const [telephone, setTelephone] = useState('');
  const [typed] = useDebouncedValue(telephone.trim(), PAUSE_MS);
  const { data: earlier } = useAsked(() => (isNumber(typed) ? api.lookup(typed) : Promise.resolve([])), [typed]);
  const { busy, run } = useDeed();
  const key = useRef(newKey());
  const fields: Field[] = [
    { name: 'telephone', kind: 'tel', label: t('telephone'), most: 32, fault: (text) => (text.trim() && !isNumber(text) ? t('badNumber') : null) },
    { name: 'name', kind: 'line', label: t('name'), most: 80 },
    { name: 'kind', kind: 'choice', label: t('kind'), required: true, data: KINDS.map((value) => ({ value, label: t(value) })) },
    { name: 'subject', kind: 'line', label: t('inFewWords'), required: true, most: 120 },
    { name: 'body', kind: 'text', label: t('whatIsSaid'), required: true },
    { name: 'address', kind: 'line', label: t('address') },
    placeField(t('coordinates'), t('badPlace'), t('placeHint')),
    { name: 'organisation', kind: 'organisation', label: t('organisation'), hint: t('responsibleHint') },
    { name: 'call_back', kind: 'check', label: t('wantsCallBack') },
  ];
  const send = (values: Values) => void run(async () => onMade((await api.take(callOf(values), key.current)).id), t('done_call'));
  return (
    <div className="service-shown">
      <section className="service-new">
        <Title order={3} size="h4">
          {t('newCall')}
        </Title>
        <Form fields={fields} action={t('takeCall')} busy={busy} onSend={send} onChange={(values) => setTelephone(values.telephone ?? '')} />
      </section>
      <aside className="service-facts" aria-label={t('earlier')}>
        {isNumber(typed) ? <EarlierList earlier={earlier ?? []} /> : <Text size="sm" c="dimmed">{t('typeNumber')}</Text>}
      </aside>
    </div>
  );
}
