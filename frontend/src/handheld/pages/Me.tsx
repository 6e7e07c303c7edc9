/** Who carries the phone, what it sends, how it looks, and signing out. */
import { Button, Group, Modal, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../app/useNow';
import { age } from '../../format/units';
import { setLanguage } from '../../i18n';
import type { Theme } from '../../map/style';
import { goTo } from '../route';
import { signOut, stream } from '../service';
import { setTheme, useHandheld } from '../store';
import { useInstall } from '../worker/install';
import { Dim, Heading } from './parts';

export function MePage() {
  const { t } = useTranslation('handheld');
  const { carrier, theme, outbox, fixesWaiting } = useHandheld();
  const { i18n } = useTranslation();
  return (
    <Stack gap="md">
      <Heading>{carrier?.member.name}</Heading>
      <Dim>
        {carrier?.member.id} · {t('device')} {carrier?.device}
      </Dim>
      <Positions />
      <Button variant="default" size="md" onClick={() => goTo('score')} data-testid="score-link">
        {t('score')}
      </Button>
      <Button variant="default" size="md" onClick={() => goTo('tracking')} data-testid="background">
        {t('background')}
      </Button>
      <Button variant="default" size="md" onClick={() => goTo('unsent')} data-testid="unsent-link">
        {t('unsent')}: {outbox.length}
        {fixesWaiting > 0 && ` + ${fixesWaiting}`}
      </Button>
      <SegmentedControl fullWidth aria-label={t('language')} value={i18n.language} onChange={(next) => setLanguage(next as 'en' | 'zh')} data={[{ value: 'en', label: 'English' }, { value: 'zh', label: '中文' }]} />
      <SegmentedControl fullWidth aria-label={t('appearance')} value={theme} onChange={(next) => setTheme(next as Theme)} data={[{ value: 'light', label: t('light') }, { value: 'dark', label: t('dark') }]} />
      <Install />
      <SignOut />
    </Stack>
  );
}

function Positions() {
  const { t } = useTranslation('handheld');
  const { streaming, awake, fix, fixesWaiting, fixesRefused } = useHandheld();
  const now = useNow();
  return (
    <div className="card">
      <Switch size="md" label={t('streaming')} description={t('streamingHint')} checked={streaming} onChange={(event) => stream(event.currentTarget.checked)} data-testid="streaming" />
      <dl className="facts" style={{ marginTop: 12 }}>
        <dt>{t('lastFix')}</dt>
        <dd data-testid="last-fix">{fix ? `${age(now - Date.parse(fix.time))} · ±${Math.round(fix.accuracy ?? 0)} m` : '–'}</dd>
        <dt>{t('positionsWaiting')}</dt>
        <dd data-testid="fixes-waiting">{fixesWaiting}</dd>
        {fixesRefused > 0 && (
          <>
            <dt>{t('positionsRefused')}</dt>
            <dd>{fixesRefused}</dd>
          </>
        )}
      </dl>
      <Text size="sm" mt={8}>
        {t(awake ? 'screenOn' : 'screenOff')}
      </Text>
    </div>
  );
}

function Install() {
  const { t } = useTranslation('handheld');
  const { installed, ask } = useInstall();
  if (installed) return null;
  return (
    <div className="card">
      {ask ? (
        <Button fullWidth onClick={ask}>
          {t('installNow')}
        </Button>
      ) : (
        <>
          <Text fw={650}>{t('install')}</Text>
          <Dim>{t('installHint')}</Dim>
        </>
      )}
    </div>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const own = useTranslation('handheld').t;
  const [asking, setAsking] = useState(false);
  const waiting = useHandheld((state) => state.outbox.length + state.fixesWaiting);
  return (
    <>
      <Button variant="default" size="md" onClick={() => setAsking(true)} data-testid="sign-out">
        {t('signOut')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={own('signOutSure')} centered closeButtonProps={{ 'aria-label': own('no') }}>
        {waiting > 0 && <Text mb="md">{own('signOutUnsent', { count: waiting })}</Text>}
        <Group grow>
          <Button color="red.9" size="lg" onClick={() => void signOut()} data-testid="sign-out-yes">
            {own('yes')}
          </Button>
          <Button size="lg" variant="default" onClick={() => setAsking(false)}>
            {own('no')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
