/** A shift: where, from when until when, and who is on it. */
import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../state/names';
import { useStore } from '../../state/store';
import { OrganisationSelect } from '../../ui/form/organisations';
import { PaneForm } from '../../ui/form/Pane';
import { textOf, useForm, valueOf } from '../../ui/form/useForm';
import * as api from '../api';
import { MembersSelect } from '../form/members';
import { sayDone } from '../saved';
import type { Shift } from '../types';
import { fromInput, toInput } from '../when';

const HOUR_MS = 3_600_000;

interface Props {
  /** Null: a new one, in `organisation`. */
  shift: Shift | null;
  organisation: string | null;
  onDone: (shift: Shift) => void;
}

export function ShiftForm({ shift, organisation, onDone }: Props) {
  const { t } = useTranslation('admin');
  const names = useNames();
  const home = useStore((state) => state.me?.organisation.id ?? null);
  const next = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;
  const form = useForm({
    organisation: shift?.organisation ?? organisation ?? home,
    name: shift?.name ?? t('dayShift'),
    starts_at: toInput(shift?.starts_at ?? next),
    ends_at: toInput(shift?.ends_at ?? next + 8 * HOUR_MS),
    members: shift?.members ?? [],
  });
  const send = () =>
    form.send(async () => {
      const { organisation: where, starts_at, ends_at, ...rest } = shift ? form.changes() : form.values;
      const body = { ...rest, ...(starts_at === undefined ? {} : { starts_at: fromInput(starts_at) }), ...(ends_at === undefined ? {} : { ends_at: fromInput(ends_at) }) };
      const said = shift ? await api.changeShift(shift.id, body) : await api.addShift({ ...body, organisation: where });
      sayDone(shift ? 'saved' : 'added');
      onDone(said);
    });
  return (
    <PaneForm form={form} ready={shift === null} onSend={send} button={t(shift ? 'save' : 'add')}>
      <Stack gap="sm">
        {shift ? (
          <dl className="facts">
            <dt>{t('organisation')}</dt>
            <dd>{names.of(shift.organisation)}</dd>
          </dl>
        ) : (
          <OrganisationSelect label={t('organisation')} required {...valueOf(form, 'organisation')} />
        )}
        <TextInput label={t('name')} required {...textOf(form, 'name')} />
        <SimpleGrid cols={2} spacing="xs">
          <TextInput label={t('from')} type="datetime-local" required {...textOf(form, 'starts_at')} />
          <TextInput label={t('until')} type="datetime-local" required {...textOf(form, 'ends_at')} />
        </SimpleGrid>
        <MembersSelect label={t('members')} description={t('shiftMembersHint')} {...valueOf(form, 'members')} />
      </Stack>
    </PaneForm>
  );
}
