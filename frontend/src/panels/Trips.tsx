/** Trips and stops of the loaded track; choosing one takes the replay to its start. */
import { useTranslation } from 'react-i18next';
import type { Leg } from '../api/types';
import { age, clock, distance } from '../format/units';
import { useStore } from '../state/store';

export function Trips({ trips }: { trips: readonly Leg[] }) {
  const { t } = useTranslation();
  const setMoment = useStore((state) => state.setMoment);
  return (
    <ul className="trips" aria-label={t('trips')}>
      {trips.map((leg) => (
        <li key={leg.start}>
          <button type="button" className="row" data-testid="trip-row" onClick={() => setMoment(Date.parse(leg.start))}>
            <i className={`leg ${leg.kind}`} aria-hidden />
            <span className="grow">
              {clock(Date.parse(leg.start))} · {t(leg.kind)}
            </span>
            <span className="dim">
              {leg.kind === 'trip' && `${distance(leg.distance)} · `}
              {age(Date.parse(leg.end) - Date.parse(leg.start))}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
