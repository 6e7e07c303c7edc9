/** Social management: the loop of incidents by theme, with what is late, where it is hot, and the way to the dispatch desk. */
import { Group, Select, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { get } from '../api/request';
import { goTo, pathOf, useRoute } from '../app/route';
import { addWords, nameIn } from '../i18n';
import { OrganisationChoice } from '../service/OrganisationChoice';
import { useRegularly } from '../ui/useRegularly';
import { en as serviceEn, zh as serviceZh } from '../service/words';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import './social.css';
import { firstDay, onTime, PERIODS, periodOf } from './state';
import { ThemePane } from './ThemePane';
import type { ThemeCounts } from './types';
import { en, zh } from './words';

addWords('social', { en, zh });
addWords('service', { en: serviceEn, zh: serviceZh }); // of OrganisationChoice

const AGAIN_MS = 30_000;

export default function Social() {
  const { t } = useTranslation('social');
  const { rest, query } = useRoute();
  const period = periodOf(query.days);
  const asking = { organisation: query.organisation, from: firstDay(period, new Date()) };
  const asked = useAsked(() => get<{ items: ThemeCounts[]; without: number }>('/themes', asking), [asking.organisation, asking.from]);
  useRegularly(asked.again, AGAIN_MS);
  const to = (theme: string | undefined, change: Record<string, string | undefined> = {}) => pathOf('social', theme === undefined ? [] : [theme], { ...query, ...change });
  return (
    <div className="social" data-testid="social">
      <Group gap={16}>
        <Title order={2} size="h4">
          {t('title')}
        </Title>
        <OrganisationChoice aria-label={t('organisation')} placeholder={t('everyOrganisation')} value={query.organisation ?? null} onChange={(organisation) => goTo(to(rest[0], { organisation: organisation ?? undefined }), true)} clearable />
        <Select aria-label={t('period')} data={PERIODS.map((days) => ({ value: String(days), label: t('days', { count: days }) }))} value={String(period)} onChange={(days) => goTo(to(rest[0], { days: days ?? undefined }), true)} allowDeselect={false} />
      </Group>
      <Answered asked={asked}>
        {({ items, without }) => (
          <>
            <nav className="social-themes" aria-label={t('choose')}>
              {items.map((one) => (
                <ThemeCard key={one.code} one={one} current={one.code === (rest[0] ?? items[0]?.code)} to={to(one.code)} />
              ))}
            </nav>
            {without > 0 && (
              <Text size="sm" c="dimmed">
                {t('without', { count: without })}
              </Text>
            )}
            {items.length > 0 && <ThemePane key={rest[0] ?? items[0]!.code} code={rest[0] ?? items[0]!.code} asking={asking} onChange={asked.again} />}
          </>
        )}
      </Answered>
    </div>
  );
}

function ThemeCard({ one, current, to }: { one: ThemeCounts; current: boolean; to: string }) {
  const { t, i18n } = useTranslation('social');
  const share = onTime(one);
  return (
    <a href={to} aria-current={current || undefined} onClick={(event) => (event.preventDefault(), goTo(to))} data-testid={`theme-${one.code}`}>
      <b>{nameIn(i18n.language, one.name_en, one.name_zh)}</b>
      <dl>
        <div>
          <dt>{t('reported')}</dt>
          <dd>{one.reported}</dd>
        </div>
        <div>
          <dt>{t('open')}</dt>
          <dd>{one.open}</dd>
        </div>
        <div className={one.overdue ? 'bad' : undefined}>
          <dt>{t('overdue')}</dt>
          <dd>{one.overdue}</dd>
        </div>
        <div>
          <dt>{t('onTime')}</dt>
          <dd>{share === null ? t('none') : `${share} %`}</dd>
        </div>
      </dl>
    </a>
  );
}
