/** Inspecting one place: its form, filled in there, and whether it is in order. */
import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import type { Answers } from '../../forms/types';
import { SmallMap } from '../pages/Map';
import { Dim, Heading } from '../pages/parts';
import { KindSelect } from '../pages/ReportForm';
import { goTo } from '../route';
import { outbox } from '../service';
import { placeOf, useHandheld, usePlace } from '../store';
import { doneDrafts } from './due';
import { Filling } from './Filling';
import { Due } from './InspectionsPage';
import './words';

type Result = 'ok' | 'faults';

export function InspectionPage({ id }: { id: string | null }) {
  const { t } = useTranslation('field');
  const { due, forms } = useHandheld();
  const own = usePlace();
  const [result, setResult] = useState<Result>('ok');
  const [kind, setKind] = useState('');
  const one = due.find((known) => known.id === id);
  const form = forms.find((known) => known.code === one?.form);
  if (!one || !form) return <Text role="status">{t(one ? 'noForms' : 'notDue')}</Text>;

  function done(answers: Answers): void {
    if (!one || !form) return;
    const body = { result, answers, form_version: form.version, done_at: new Date().toISOString(), ...placeOf(useHandheld.getState()) };
    void outbox.add(...doneDrafts(one, body, kind, newKey));
    goTo('inspections');
  }

  return (
    <Stack gap="md">
      <Heading back="inspections">{one.place_name}</Heading>
      <Group justify="space-between">
        <Dim>
          {one.plan_name}
          {one.address && ` · ${one.address}`}
        </Dim>
        <Due one={one} />
      </Group>
      <SmallMap target={one} own={own} />
      <SegmentedControl fullWidth aria-label={t('result')} value={result} onChange={(value) => setResult(value as Result)} data={[{ value: 'ok', label: t('resultOk') }, { value: 'faults', label: t('resultFaults') }]} />
      {result === 'faults' && <KindSelect isEmergency={false} value={kind} change={setKind} label={t('alsoReport')} none={t('noIncident')} />}
      <Filling form={form} button={t('inspected')} onSend={done} />
      <Dim>{t('kept')}</Dim>
    </Stack>
  );
}
