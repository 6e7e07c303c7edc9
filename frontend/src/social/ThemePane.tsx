/** One theme: its kinds, its hot grids, its open incidents, and for the city's administrator what belongs to it. */
import { Anchor, Badge, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { get, type Query } from '../api/request';
import { goTo, pathOf } from '../app/route';
import { momentOf } from '../format/moments';
import { nameIn } from '../i18n';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { Belongs } from './Belongs';
import { barOf, onTime } from './state';
import type { Counts, Figures, OpenIncident } from './types';

export function ThemePane({ code, asking, onChange }: { code: string; asking: Query; onChange: () => void }) {
  const { t } = useTranslation('social');
  const isAdministrator = useStore((state) => state.me?.role === 'administrator');
  const asked = useAsked(() => get<Figures>(`/themes/${encodeURIComponent(code)}`, asking), [code, JSON.stringify(asking)]);
  return (
    <Answered asked={asked}>
      {(figures) => (
        <>
          <div className="social-columns">
            <Ranking title={t('kinds')} rows={figures.by_kind} name={(one, language) => nameIn(language, one.name_en, one.name_zh)} />
            <Ranking title={t('grids')} rows={figures.grids} name={(one) => one.name} />
            <section className="social-open" aria-label={t('incidents')}>
              <Title order={3} size="h6">
                {t('incidents')}
              </Title>
              {figures.incidents.length === 0 && <Text c="dimmed">{t('noIncidents')}</Text>}
              <ul>
                {figures.incidents.map((one) => (
                  <Incident key={one.id} one={one} />
                ))}
              </ul>
            </section>
          </div>
          {isAdministrator && <Belongs key={figures.version} theme={figures} onChange={() => (asked.again(), onChange())} />}
        </>
      )}
    </Answered>
  );
}

interface RankingProps<T> {
  title: string;
  rows: readonly T[];
  name: (one: T, language: string) => string;
}

function Ranking<T extends Counts & { id?: string; code?: string }>({ title, rows, name }: RankingProps<T>) {
  const { t, i18n } = useTranslation('social');
  return (
    <section>
      <Title order={3} size="h6">
        {title}
      </Title>
      {rows.length === 0 && <Text c="dimmed">{t('noneReported')}</Text>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col" aria-label={title} />
              <th scope="col">{t('reported')}</th>
              <th scope="col">{t('open')}</th>
              <th scope="col">{t('onTime')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id ?? one.code}>
                <th scope="row">
                  {name(one, i18n.language)}
                  <i style={{ width: `${barOf(one.reported, rows)}%` }} aria-hidden />
                </th>
                <td>{one.reported}</td>
                <td>{one.open}</td>
                <td>{onTime(one) === null ? t('none') : `${onTime(one)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Incident({ one }: { one: OpenIncident }) {
  const { t, i18n } = useTranslation('social');
  const to = pathOf('desk', [one.id]);
  return (
    <li>
      <Anchor href={to} size="sm" onClick={(event) => (event.preventDefault(), goTo(to))} data-testid="theme-incident">
        {one.id} · {nameIn(i18n.language, one.name_en, one.name_zh)}
      </Anchor>
      <span className="dim">
        {one.address ?? one.organisation_name} · {momentOf(one.reported_at)} · {t('priority', { priority: one.priority })}
      </span>
      {one.overdue ? (
        <Badge color="red" variant="light">
          {t('late')}
        </Badge>
      ) : (
        one.due_at && <span className="dim">{t('due', { when: momentOf(one.due_at) })}</span>
      )}
    </li>
  );
}
