/** A new device, or a stranger that is taken in. Its token is made by the server and told once. */
import { Accordion, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OrganisationSelect } from '../../ui/form/organisations';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { checkOf, numberOf, textOf, useForm, valueOf, type Form } from '../../ui/form/useForm';
import * as api from '../api';
import { MemberSelect } from '../form/members';
import { sayDone } from '../saved';
import type { Token } from '../types';

interface Props {
  member: string | null;
  /** The id of a device that knocked; null: a new one. */
  stranger: string | null;
  onClose: () => void;
  onDone: (token: Token) => void;
}

export function AddDevice({ member, stranger, onClose, onDone }: Props) {
  const { t } = useTranslation('admin');
  const form = useForm({
    device: stranger ?? '', member, organisation: null as string | null, token: null as string | null, require_token: false,
    dialect: '', stale_after_s: null as number | null, silent_after_s: null as number | null,
  });
  const send = () =>
    form.send(async () => {
      const { device, ...rest } = form.values;
      const token = stranger === null ? await api.addDevice(form.values) : await api.adopt(device, rest);
      sayDone('added');
      onDone(token);
    }, 'device');
  return (
    <Pane kind={t(stranger === null ? 'addDevice' : 'adoptDevice')} title={stranger ?? t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        <PaneForm form={form} ready onSend={send} button={t(stranger === null ? 'add' : 'adopt')}>
          <Stack gap="sm">
            {stranger === null && <TextInput label={t('deviceId')} description={t('deviceIdHint')} required {...textOf(form, 'device')} />}
            <MemberSelect label={t('carriedBy')} clearable {...valueOf(form, 'member')} />
            {form.values.member === null && <OrganisationSelect label={t('organisation')} description={t('deviceHomeHint')} clearable {...valueOf(form, 'organisation')} />}
            <TextInput label={t('token')} description={t('ownTokenHint')} autoComplete="off" {...textOf(form, 'token', null)} />
            <Reading form={form} />
          </Stack>
        </PaneForm>
      </div>
    </Pane>
  );
}

interface ReadingValues {
  require_token: boolean;
  dialect: string;
  stale_after_s: number | null;
  silent_after_s: number | null;
}

/** How the device is read, which few need to change. */
export function Reading<T extends ReadingValues>({ form }: { form: Form<T> }) {
  const { t } = useTranslation('admin');
  const of = form as unknown as Form<ReadingValues>;
  return (
    <>
      <Switch label={t('requireToken')} description={t('requireTokenHint')} {...checkOf(of, 'require_token')} />
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="reading">
          <Accordion.Control>{t('reading')}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              <Select label={t('dialect')} description={t('dialectHint')} allowDeselect={false} data={['', 'osmand'].map((value) => ({ value, label: t(`dialect_${value || 'usual'}`) }))} {...valueOf(of, 'dialect')} onChange={(value) => of.set('dialect', value ?? '')} />
              <NumberInput label={t('staleAfter')} description={t('serversHint')} min={1} suffix=" s" {...numberOf(of, 'stale_after_s')} />
              <NumberInput label={t('silentAfter')} description={t('serversHint')} min={1} suffix=" s" {...numberOf(of, 'silent_after_s')} />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}
