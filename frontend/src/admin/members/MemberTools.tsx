/** Below a member's form: devices that are carried, and the code by which a phone becomes the member's handheld. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { pathOf } from '../../app/route';
import { clock } from '../../format/units';
import { Go } from '../../ui/Go';
import { Headline } from '../../ui/Headline';
import * as api from '../api';
import { Copyable } from '../devices/Copyable';
import { Qr } from '../devices/Qr';
import type { Enrolment, Member } from '../types';

export function MemberTools({ member }: { member: Member }) {
  const { t } = useTranslation('admin');
  return (
    <section className="ui-tools" aria-label={t('devices')}>
      <Title order={4} size="h5">
        {t('devices')}
      </Title>
      {member.devices.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('carriesNone')}
        </Text>
      )}
      <Group gap="md">
        {member.devices.map((device) => (
          <Go key={device} to={pathOf('admin', ['devices', device])}>
            {device}
          </Go>
        ))}
        <Go to={pathOf('admin', ['devices'], { new: '1', member: member.id })}>{t('addDevice')}</Go>
      </Group>
      <HandheldCode member={member} />
    </section>
  );
}

function HandheldCode({ member }: { member: Member }) {
  const { t } = useTranslation('admin');
  const [made, setMade] = useState<Enrolment | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function make(): Promise<void> {
    setProblem(null);
    await api.enrol(member.id).then(setMade, (error: unknown) => setProblem(reasonOf(error)));
  }

  return (
    <Stack gap="xs">
      <Headline order={4} size="h5" title={t('handheld')} hint={t('handheldHint')} />
      {made ? (
        <Stack gap="xs" align="center" data-testid="enrolment">
          <Qr text={location.origin + made.link} label={t('handheldCode')} />
          <Text size="sm">{t('codeUntil', { time: clock(Date.parse(made.expires_at)) })}</Text>
          <Copyable label={t('code')} value={made.code} />
          <Copyable label={t('link')} value={location.origin + made.link} />
        </Stack>
      ) : (
        <Button variant="default" leftSection={<IconQrcode size={16} aria-hidden />} onClick={() => void make()} data-testid="enrol">
          {t('showCode')}
        </Button>
      )}
      {problem && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
    </Stack>
  );
}
