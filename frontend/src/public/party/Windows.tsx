/** Queues of service windows: the halls, one of them now, the number of this phone, and the screen of a hall. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { reasonOf } from '../../api/request';
import { nameIn } from '../../i18n';
import { Link } from '../Link';
import { halls, take } from './api';
import { keptCode, keepCode } from './kept';
import { Mine } from './Mine';
import './party.css';
import { Screen } from './Screen';
import { minutesOf } from './state';
import type { Hall, HallLine, HallService } from './types';
import { useLatest } from './useLatest';

const EVERY_MS = 5_000;

export default function Windows({ rest }: { rest: readonly string[] }) {
  const [hall, view] = rest;
  if (hall === 'mine') return <Mine />;
  if (hall === undefined) return <Halls />;
  return view === 'screen' ? <Screen hall={hall} /> : <One hall={hall} />;
}

function Halls() {
  const { t } = useTranslation('party');
  const [all, setAll] = useState<HallLine[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => void halls().then(setAll, (error: unknown) => setProblem(reasonOf(error))), []);
  return (
    <>
      <h1>{t('windows')}</h1>
      <MineLink />
      {problem !== null && (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      {all?.length === 0 && <p className="soft">{t('noHalls')}</p>}
      {all?.map((one) => (
        <Link key={one.id} to={`/public/windows/${one.id}`} className="card">
          <strong data-testid="hall">{one.name}</strong>
        </Link>
      ))}
    </>
  );
}

/** To the number that this phone holds, or to where a code is typed. */
function MineLink() {
  const { t } = useTranslation('party');
  return (
    <p>
      <Link to="/public/windows/mine">{t(keptCode() === null ? 'have' : 'yours')}</Link>
    </p>
  );
}

function One({ hall }: { hall: string }) {
  const { t } = useTranslation('party');
  const { data, problem } = useLatest<Hall>(`/public/halls/${encodeURIComponent(hall)}`, EVERY_MS);
  return (
    <>
      <p className="row between">
        <Link to="/public/windows">{t('another')}</Link>
        <Link to={`/public/windows/${hall}/screen`}>{t('screen')}</Link>
      </p>
      {problem !== null && (
        <p className="bad" role="alert">
          {data === null ? problem : t('lost')}
        </p>
      )}
      {data && (
        <>
          <h1>{data.name}</h1>
          <MineLink />
          {data.services.map((one) => (
            <Service key={one.id} one={one} />
          ))}
          <p className="soft">{t('estimate')}</p>
          <h2>{t('window')}</h2>
          <ul className="windows">
            {data.windows.map((one) => (
              <li key={one.id} data-state={one.state}>
                <span>{one.name}</span>
                <b>{one.label ?? t(one.state === 'open' ? 'nobody' : 'closed')}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Service({ one }: { one: HallService }) {
  const { t, i18n } = useTranslation('party');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [key] = useState(newKey);
  const get = async () => {
    setBusy(true);
    try {
      keepCode((await take(one.id, key)).code);
      history.pushState(null, '', '/public/windows/mine');
      dispatchEvent(new PopStateEvent('popstate'));
    } catch (error) {
      setProblem(reasonOf(error));
      setBusy(false);
    }
  };
  return (
    <section className="card" data-testid="queue">
      <h2>
        <span className="letter">{one.letter}</span> {nameIn(i18n.language, one.name_en, one.name_zh)}
      </h2>
      <dl className="facts">
        <dt>{t('waiting')}</dt>
        <dd>{one.waiting}</dd>
        <dt>{t('openWindows')}</dt>
        <dd>{one.windows}</dd>
        <dt>{t('wait')}</dt>
        <dd data-testid="wait">
          <Wait seconds={one.wait_s} />
        </dd>
      </dl>
      {problem !== null && (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      <button className="main" disabled={busy || !one.taking} onClick={() => void get()} data-testid="take">
        {t(one.taking ? 'take' : 'closedNow')}
      </button>
    </section>
  );
}

export function Wait({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation('party');
  if (seconds === null) return <>{t('noWindow')}</>;
  const count = minutesOf(seconds);
  return <>{count === 0 ? t('noWait') : t('minutes', { count })}</>;
}
