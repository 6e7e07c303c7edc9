/** A user's role and place: what may be done, and where. */
import { Alert, PasswordInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../../app/route';
import { useStore } from '../../state/store';
import { OrganisationSelect } from '../../ui/form/organisations';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { checkOf, textOf, useForm, valueOf } from '../../ui/form/useForm';
import { Go } from '../../ui/Go';
import * as api from '../api';
import { MemberSelect } from '../form/members';
import { sayDone } from '../saved';
import type { User } from '../types';
import { ROLES } from './permissions';

function useRoles() {
  const { t } = useTranslation('admin');
  return ROLES.map((value) => ({ value, label: t(`role_${value}`) }));
}

export function UserForm({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation('admin');
  const self = useStore((state) => state.me?.user === user.name);
  const roles = useRoles();
  const form = useForm({ role: user.role as string | null, organisation: user.organisation as string | null, member: user.member, disabled: user.disabled });
  const send = () =>
    form.send(async () => {
      await api.changeUser(user.name, form.changes());
      sayDone('saved');
      onDone();
    });
  if (self)
    return (
      <Alert color="cyan" variant="light">
        <Text size="sm">{t('yourself')}</Text>
      </Alert>
    );
  return (
    <PaneForm form={form} onSend={send}>
      <Stack gap="sm">
        <Select label={t('role')} description={t(`may_${form.values.role}`)} data={roles} allowDeselect={false} {...valueOf(form, 'role')} />
        <Go to={pathOf('admin', ['roles', form.values.role ?? ''])}>{t('whatMay')}</Go>
        <OrganisationSelect label={t('organisation')} description={t('userHomeHint')} {...valueOf(form, 'organisation')} />
        <MemberSelect label={t('member')} description={t('userMemberHint')} clearable {...valueOf(form, 'member')} />
        <Switch label={t('disabled')} description={t('disabledHint')} color="red" {...checkOf(form, 'disabled')} />
      </Stack>
    </PaneForm>
  );
}

export function AddUser({ onClose, onDone }: { onClose: () => void; onDone: (name: string) => void }) {
  const { t } = useTranslation('admin');
  const home = useStore((state) => state.me?.organisation.id ?? null);
  const roles = useRoles();
  const form = useForm({ name: '', password: '', role: 'dispatcher' as string | null, organisation: home });
  const send = () =>
    form.send(async () => {
      const { name } = await api.addUser(form.values);
      sayDone('added');
      onDone(name);
    }, 'name');
  return (
    <Pane kind={t('addUser')} title={t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        <PaneForm form={form} ready onSend={send} button={t('add')}>
          <Stack gap="sm">
            <TextInput label={t('userName')} description={t('userNameHint')} required autoComplete="off" {...textOf(form, 'name')} />
            <PasswordInput label={t('password')} description={t('passwordHint')} required autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }} {...textOf(form, 'password')} />
            <Select label={t('role')} description={t(`may_${form.values.role}`)} data={roles} allowDeselect={false} {...valueOf(form, 'role')} />
            <OrganisationSelect label={t('organisation')} description={t('userHomeHint')} {...valueOf(form, 'organisation')} />
          </Stack>
        </PaneForm>
      </div>
    </Pane>
  );
}
