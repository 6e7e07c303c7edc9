/** Below a shift's form: hand open work from one member to another, what was handed over, and removal. */
import { Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { instantOf } from '../../format/moments';
import { PaneForm } from '../../ui/form/Pane';
import { textOf, useForm, valueOf } from '../../ui/form/useForm';
import { Headline } from '../../ui/Headline';
import * as api from '../api';
import { MemberSelect } from '../form/members';
import { Remove } from '../form/Remove';
import { sayDone } from '../saved';
import type { ShiftDetail } from '../types';

export function ShiftTools({ shift, onChanged, onRemoved }: { shift: ShiftDetail; onChanged: () => void; onRemoved: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <>
      <HandOverForm shift={shift} onDone={onChanged} />
      {shift.hand_overs.length > 0 && (
        <ul className="ui-rows" aria-label={t('handOvers')}>
          {shift.hand_overs.map((one) => (
            <li key={one.at + one.member}>
              <div>
                <Text size="sm">
                  {one.member} → {one.taker}: {t('incidentCount', { count: one.incidents.length })}
                </Text>
                <Text size="xs" c="dimmed">
                  {instantOf(one.at)} · {one.by_name} · {one.note}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Remove label={t('removeShift')} hint={t('removeShiftHint')} work={() => api.removeShift(shift.id)} onDone={onRemoved} />
    </>
  );
}

function HandOverForm({ shift, onDone }: { shift: ShiftDetail; onDone: () => void }) {
  const { t } = useTranslation('admin');
  const form = useForm({ member: null as string | null, taker: null as string | null, note: '' });
  const send = () =>
    form.send(async () => {
      await api.handOver(shift.id, form.values);
      sayDone('handedOver');
      onDone();
    });
  return (
    <section className="ui-tools" aria-label={t('handOver')}>
      <Headline order={4} size="h5" title={t('handOver')} hint={t('handOverHint')} />
      <PaneForm form={form} onSend={send} button={t('handOver')}>
        <Stack gap="sm">
          <MemberSelect label={t('handFrom')} {...valueOf(form, 'member')} />
          <MemberSelect label={t('handTo')} {...valueOf(form, 'taker')} />
          <Textarea label={t('note')} autosize minRows={2} {...textOf(form, 'note')} />
        </Stack>
      </PaneForm>
    </section>
  );
}
