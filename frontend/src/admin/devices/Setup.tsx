/** The QR code, link and fields that set up each phone app for a device. */
import { Alert, Anchor, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '../../ui/download';
import { APPS } from './apps';
import { Copyable } from './Copyable';
import { Qr } from './Qr';

interface Props {
  device: string;
  /** Null: it was told when it was made, and nobody knows it now. */
  token: string | null;
  requireToken: boolean;
  onNewToken: () => void;
}

export function Setup({ device, token, requireToken, onNewToken }: Props) {
  const { t } = useTranslation('admin');
  const [name, setName] = useState('traccar');
  const carrier = { device, token, requireToken };
  const app = APPS.find((one) => one.name === name)!;
  return (
    <section className="ui-tools" aria-label={t('setup')} data-testid="setup">
      <Title order={4} size="h5">
        {t('setup')}
      </Title>
      {token !== null && (
        <Alert color="teal" icon={<IconKey size={16} aria-hidden />} py={8} data-testid="token-once">
          <Text size="sm">{t('tokenOnce')}</Text>
          <Copyable label={t('token')} value={token} testid="token" />
        </Alert>
      )}
      <SegmentedControl size="xs" fullWidth value={name} onChange={setName} data={APPS.map((one) => ({ value: one.name, label: one.title }))} aria-label={t('phoneApp')} />
      {location.hostname === 'localhost' || location.hostname.startsWith('127.') ? (
        <Text size="xs" c="dimmed">
          {t('localHint')}
        </Text>
      ) : null}
      {app.works(carrier) ? (
        <One key={name} app={app} carrier={carrier} />
      ) : (
        <Alert color="yellow" py={8}>
          <Stack gap="xs">
            <Text size="sm">{t('needsToken')}</Text>
            <Group>
              <Button size="compact-sm" variant="default" onClick={onNewToken} data-testid="setup-new-token">
                {t('newToken')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
    </section>
  );
}

function One({ app, carrier }: { app: (typeof APPS)[number]; carrier: { device: string; token: string | null; requireToken: boolean } }) {
  const { t } = useTranslation('admin');
  const { qr, link, fields, file } = app.setup({ origin: location.origin }, carrier);
  return (
    <Stack gap="xs">
      <Text size="sm">
        <b>{app.title}</b> ({app.systems}): {t(`how_${app.name}`)}
      </Text>
      {qr !== null && (
        <Group justify="center">
          <Qr text={qr} label={t('qrOf', { app: app.title })} />
        </Group>
      )}
      <Group gap="md" justify="center">
        {link !== null && (
          <Anchor href={link} size="sm">
            {t('openOnPhone')}
          </Anchor>
        )}
        {file && (
          <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => save(file.name, file.text)}>
            {t('profileFile')}
          </Button>
        )}
      </Group>
      {fields.map(([word, value]) => (
        <Copyable key={word} label={t(`field_${word}`)} value={value} />
      ))}
    </Stack>
  );
}
