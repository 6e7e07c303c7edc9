/** The day as a line: how many incidents were reported when, alerts as marks, and the slider over it. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../format/units';
import { histogram } from './steps';
import { serverNow, useTime } from './store';

const BINS = 96;
const HIGH = 34;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

export function Line() {
  const { t } = useTranslation('time');
  const { at, day, incidents, alerts } = useTime();
  const [from, to] = day;
  const counts = useMemo(() => histogram(incidents, from, to, BINS), [incidents, from, to]);
  const most = Math.max(4, ...counts);
  const part = (ms: number) => `${((ms - from) / (to - from)) * 100}%`;
  return (
    <div className="time-line">
      <svg className="time-histogram" viewBox={`0 0 ${BINS} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={t('histogram')}>
        {counts.map((count, n) => count > 0 && <rect key={n} x={n + 0.1} width={0.8} y={HIGH - (count / most) * HIGH} height={(count / most) * HIGH} />)}
      </svg>
      {alerts.filter((one) => Date.parse(one.raised_at) >= from).map((one) => (
        <i key={one.id} className="time-alert" style={{ left: part(Date.parse(one.raised_at)) }} title={`${clock(Date.parse(one.raised_at))} ${one.text}`} />
      ))}
      {serverNow() < to && <span className="time-future" style={{ left: part(Math.max(from, serverNow())) }} aria-hidden />}
      <input
        type="range" min={from} max={to} step={1000} value={at ?? from} aria-label={t('line')} aria-valuetext={at === null ? '' : clock(at)} data-testid="time-slider"
        onChange={(event) => useTime.getState().seek(Number(event.currentTarget.value))}
      />
      <div className="time-hours" aria-hidden>
        {HOURS.map((hour) => (
          <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
            {String(hour).padStart(2, '0')}:00
          </span>
        ))}
      </div>
    </div>
  );
}
