/** One device: who carries it, how it is read, another token, and the set-up of a phone app. */
import { Stack, Switch } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { AskTwice } from '../../ui/form/AskTwice';
import { OrganisationSelect } from '../../ui/form/organisations';
import { AskedPane, PaneForm } from '../../ui/form/Pane';
import { checkOf, useForm, valueOf } from '../../ui/form/useForm';
import * as api from '../api';
import { MemberSelect } from '../form/members';
import { sayDone, sayFault } from '../saved';
import type { Device, Token } from '../types';
import { Reading } from './AddDevice';
import { Setup } from './Setup';

interface Props {
  id: string;
  /** Just made, told only now. */
  token: string | null;
  onToken: (token: Token) => void;
  onClose: () => void;
  onChanged: () => void;
}

export function DevicePane({ id, token, onToken, onClose, onChanged }: Props) {
  const { t } = useTranslation('admin');
  const renew = () => api.newToken(id).then(onToken, (error: unknown) => sayFault(reasonOf(error)));
  return (
    <AskedPane kind={t('device')} title={id} ask={() => api.device(id)} on={[id]} onClose={onClose}>
      {(device, again) => (
        <>
          {token !== null && <Setup device={id} token={token} requireToken={device.require_token} onNewToken={renew} />}
          <DeviceForm key={JSON.stringify(device)} device={device} onDone={() => (onChanged(), again())} />
          {!device.retired && <AskTwice label={t('newToken')} hint={t('newTokenHint')} yes={t('newTokenYes')} icon={<IconKey size={14} aria-hidden />} testId="new-token" onYes={renew} />}
          {token === null && !device.retired && <Setup device={id} token={null} requireToken={device.require_token} onNewToken={renew} />}
        </>
      )}
    </AskedPane>
  );
}

function DeviceForm({ device, onDone }: { device: Device; onDone: () => void }) {
  const { t } = useTranslation('admin');
  const { member, organisation, require_token, dialect, stale_after_s, silent_after_s, retired } = device;
  const form = useForm({ member, organisation, require_token, dialect: dialect as string, stale_after_s, silent_after_s, retired });
  const send = () =>
    form.send(async () => {
      await api.changeDevice(device.device, form.changes());
      sayDone('saved');
      onDone();
    });
  return (
    <PaneForm form={form} onSend={send}>
      <Stack gap="sm">
        <MemberSelect label={t('carriedBy')} clearable {...valueOf(form, 'member')} />
        {form.values.member === null && <OrganisationSelect label={t('organisation')} {...valueOf(form, 'organisation')} onChange={(value) => value && form.set('organisation', value)} />}
        <Reading form={form} />
        <Switch label={t('retired')} description={t('retiredHint')} color="red" {...checkOf(form, 'retired')} />
      </Stack>
    </PaneForm>
  );
}
