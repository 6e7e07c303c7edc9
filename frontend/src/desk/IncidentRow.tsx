/** One incident in a list: urgency, what, where, how far, and the clock that runs. */
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { useNow } from '../app/useNow';
import { nameIn } from '../i18n';
import { momentOf } from '../format/moments';
import { countdown } from './figures';
import { clockOf } from './state';
import type { Incident } from './types';

/** lane: the state that the list shows anyway. */
export function IncidentRow({ incident, current, lane }: { incident: Incident; current?: boolean; lane?: string }) {
  const { t, i18n } = useTranslation('desk');
  const sent = incident.assignments.find((one) => one.ended_at === null);
  return (
    <button type="button" className="incident" data-testid="incident-row" data-incident={incident.id} data-state={incident.state} aria-current={current} onClick={() => goTo(pathOf('desk', [incident.id]))}>
      <span className={`priority p${incident.priority}`} aria-label={`${t('priority')} ${incident.priority}`} role="img">
        {incident.priority}
      </span>
      <span className="grow">
        <b>{nameIn(i18n.language, incident.kind_en, incident.kind_zh)}</b>
        <span className="dim">
          {incident.id} · {sent?.name ?? sent?.department ?? incident.address ?? incident.description}
          {incident.drill && ` · ${t('drill')}`}
        </span>
      </span>
      <span className="end">
        <ClockPill incident={incident} />
        {lane !== incident.state && <span className="dim">{t(`state_${incident.state}`)}</span>}
      </span>
    </button>
  );
}

/** What is left of the limit that runs; the time of the end for one that ended. */
export function ClockPill({ incident, words = false }: { incident: Incident; words?: boolean }) {
  const { t } = useTranslation('desk');
  const clock = clockOf(incident, useNow());
  if (!clock) return <span className="dim">{momentOf(incident.ended_at ?? incident.reported_at)}</span>;
  return (
    <span className={`clock ${clock.tone}`} title={t(`clock_${incident.clock ?? 'accept'}`)}>
      {countdown(clock.left)}
      {words && ` ${clock.left < 0 ? t('overdue') : t(`clock_${incident.clock ?? 'accept'}`)}`}
    </span>
  );
}
