/** Below a user's form: another password, and the sessions that stand. */
import { Badge, Button, Group, PasswordInput, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { instantOf } from '../../format/moments';
import { PaneForm } from '../../ui/form/Pane';
import { textOf, useForm } from '../../ui/form/useForm';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { sayDone, sayFault } from '../saved';

export function PasswordForm({ name }: { name: string }) {
  const { t } = useTranslation('admin');
  const form = useForm({ password: '' });
  const send = () =>
    form.send(async () => {
      await api.setPassword(name, form.values.password);
      sayDone('passwordSet');
      form.set('password', '');
    });
  return (
    <section className="ui-tools" aria-label={t('password')}>
      <Title order={4} size="h5">
        {t('password')}
      </Title>
      <PaneForm form={form} onSend={send} button={t('setPassword')}>
        <PasswordInput label={t('newPassword')} description={t('passwordEnds')} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }} {...textOf(form, 'password')} />
      </PaneForm>
    </section>
  );
}

export function Sessions({ name }: { name: string }) {
  const { t } = useTranslation('admin');
  const asked = useAsked(() => api.sessions(name), [name]);
  const end = (id: string) => api.endSession(id).then(asked.again, (error: unknown) => sayFault(reasonOf(error)));
  return (
    <section className="ui-tools" aria-label={t('sessions')}>
      <Title order={4} size="h5">
        {t('sessions')}
      </Title>
      <Answered asked={asked}>
        {(all) =>
          all.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noSessions')}
            </Text>
          ) : (
            <ul className="ui-rows">
              {all.map((one) => (
                <li key={one.id} data-testid="session-row">
                  <div>
                    <Text size="sm">
                      {one.address || '–'} {one.is_this && <Badge size="xs">{t('thisSession')}</Badge>}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t('sinceUntil', { since: instantOf(one.created_at), until: instantOf(one.expires_at) })}
                    </Text>
                  </div>
                  <Group>
                    {!one.is_this && (
                      <Button size="compact-xs" variant="default" onClick={() => void end(one.id)} aria-label={`${t('end')}: ${one.address}`}>
                        {t('end')}
                      </Button>
                    )}
                  </Group>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  );
}
