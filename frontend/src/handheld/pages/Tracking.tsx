/** Honest about what a web page cannot do, and how the free apps that can are set up for this handheld. */
import { Alert, Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHandheld } from '../store';
import type { Carrier } from '../types';
import { Heading } from './parts';
import { gpsloggerUrl, overlandLink, owntracksLink } from './apps';

export function Tracking() {
  const { t } = useTranslation('handheld');
  const carrier = useHandheld((state) => state.carrier);
  const [shown, setShown] = useState(false);
  return (
    <Stack gap="md">
      <Heading back="me">{t('background')}</Heading>
      <section>
        <Title order={2} size="h5" mb={6}>
          {t('limitsTitle')}
        </Title>
        <Text mb={8}>{t('limits1')}</Text>
        <Text mb={8}>{t('limits2')}</Text>
        <Text>{t('limits3')}</Text>
      </section>
      {!shown && (
        <Button size="lg" onClick={() => setShown(true)} data-testid="show-apps">
          {t('showSecret')}
        </Button>
      )}
      {shown && carrier && <Apps carrier={carrier} />}
    </Stack>
  );
}

function Apps({ carrier }: { carrier: Carrier }) {
  const { t } = useTranslation('handheld');
  const { device, deviceToken: token } = carrier;
  const { origin } = location;
  return (
    <>
      <Alert color="red">{t('secret')}</Alert>
      <App name="Traccar Client" words={t('appTraccar')} lines={[`${origin}/ingest/osmand`, token]} />
      <App name="OwnTracks" words={t('appOwntracks')} lines={[`${origin}/pub`, device, token]}>
        <SetUp name="OwnTracks" link={owntracksLink(origin, device, token)} />
      </App>
      <App name="GPSLogger" words={t('appGpslogger')} lines={[gpsloggerUrl(origin, device, token)]} />
      <App name="Overland" words={t('appOverland')} lines={[`${origin}/ingest/overland`, token]}>
        <SetUp name="Overland" link={overlandLink(origin, device, token)} />
      </App>
    </>
  );
}

function App({ name, words, lines, children }: { name: string; words: string; lines: string[]; children?: ReactNode }) {
  const { t } = useTranslation('handheld');
  return (
    <section className="card" data-testid="app">
      <Title order={2} size="h5">
        {name}
      </Title>
      <Text size="sm" mb={8}>
        {words}
      </Text>
      <Stack gap={6}>
        {lines.map((line) => (
          <Group key={line} wrap="nowrap" gap={6}>
            <p className="secret" style={{ flex: 1 }}>
              {line}
            </p>
            <CopyButton value={line}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        ))}
        {children}
      </Stack>
    </section>
  );
}

function SetUp({ name, link }: { name: string; link: string }) {
  const { t } = useTranslation('handheld');
  return (
    <Button component="a" href={link}>
      {t('setUp', { name })}
    </Button>
  );
}
