/** Brand, counts by presence, the link's state and the age of the data, language and theme. */
import { ActionIcon, Button, Group, Title, Tooltip } from '@mantine/core';
import { IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { age } from '../format/units';
import { setLanguage } from '../i18n';
import { counts } from '../live/members';
import { shownOf, useStore } from '../state/store';
import { DeskCounts } from '../desk/DeskCounts';
import { useNow } from './useNow';

const PRESENCES = ['online', 'stale', 'silent'] as const;

export function Header() {
  return (
    <header className="header">
      <img src="/icon.svg" width={26} height={26} alt="" />
      <Title order={1} size="h4" className="brand">
        Gridwarden
      </Title>
      <span style={{ flex: 1 }} />
      <DeskCounts />
      <Counts />
      <LinkState />
      <Preferences />
    </header>
  );
}

function Preferences() {
  const { t, i18n } = useTranslation();
  const me = useStore((state) => state.me);
  const theme = useStore((state) => state.theme);
  const { setTheme, signOut } = useStore.getState();
  return (
    <Group gap={6} wrap="nowrap">
      <Tooltip label={i18n.language === 'zh' ? 'English' : '中文'}>
        <ActionIcon variant="default" aria-label={i18n.language === 'zh' ? 'English' : '中文'} onClick={() => setLanguage(i18n.language === 'zh' ? 'en' : 'zh')}>
          <IconLanguage size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('theme')}>
        <ActionIcon variant="default" aria-label={t('theme')} onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
          {theme === 'dark' ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('signOut')} · ${me?.user ?? ''} · ${me?.role ?? ''}`}>
        <Button size="compact-sm" variant="default" leftSection={<IconLogout size={14} aria-hidden />} onClick={() => void signOut()} className="sign-out">
          <span className="user">{me?.user}</span>
          <span className="hidden">{t('signOut')}</span>
        </Button>
      </Tooltip>
    </Group>
  );
}

function Counts() {
  const { t } = useTranslation();
  const rows = useStore((state) => shownOf(state).rows);
  const found = useMemo(() => counts(rows), [rows]);
  useEffect(() => {
    PRESENCES.forEach((name, n) => (document.documentElement.dataset[name] = String(found[n])));
  }, [found]);
  return (
    <Group gap={14} wrap="nowrap">
      {PRESENCES.map((name, n) => (
        <span key={name} className="count" title={t(name)}>
          <i className={`mark ${name}`} aria-hidden />
          <span className="word">{t(name)}</span> <b data-testid={`count-${name}`}>{found[n]}</b>
        </span>
      ))}
    </Group>
  );
}

function LinkState() {
  const { t } = useTranslation();
  const link = useStore((state) => state.link);
  const live = useStore((state) => state.live);
  const now = useNow();
  const newest = useMemo(() => {
    let latest = 0;
    for (const row of live.rows.values()) latest = Math.max(latest, row.fixedAt);
    return latest;
  }, [live.rows]);
  return (
    <span className="count" role="status" data-testid="link-state" data-link={link}>
      <i className={`mark ${link === 'live' ? 'online' : link === 'connecting' ? 'stale' : 'emergency'}`} aria-hidden />
      {t(`link_${link}`)}
      <small>
        · {t('newest')} {newest > 0 ? age(now + live.skew - newest) : '–'}
      </small>
    </span>
  );
}
