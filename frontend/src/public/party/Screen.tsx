/** A hall's public screen: who is called where in letters for the last row, who waits for what and how long. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOf } from '../../format/moments';
import { nameIn } from '../../i18n';
import { Link } from '../Link';
import { callKey, nowCalled } from './state';
import type { Called, Hall } from './types';
import { useLatest } from './useLatest';
import { Wait } from './Windows';

const EVERY_MS = 2_000;
const SHOWN = 3;

export function Screen({ hall }: { hall: string }) {
  const { t } = useTranslation('party');
  const { data, problem } = useLatest<Hall>(`/public/halls/${encodeURIComponent(hall)}`, EVERY_MS);
  const calls = nowCalled(data?.calls ?? []);
  return (
    <section className="screen" data-testid="screen">
      <header>
        <h1>{data?.name ?? ' '}</h1>
        <Clock />
        <span className="noprint">
          {document.fullscreenEnabled && <button onClick={() => void document.querySelector('.screen')?.requestFullscreen()}>{t('fullScreen')}</button>}
          <Link to={`/public/windows/${hall}`}>{t('leaveScreen')}</Link>
        </span>
      </header>
      {problem !== null && (
        <p className="bad" role="alert">
          {data === null ? problem : t('lost')}
        </p>
      )}
      <div className="screen-body">
        <section aria-live="polite" aria-label={t('nowServing')} className="calls">
          <h2>{t('nowServing')}</h2>
          {calls.length === 0 && <p className="none">{t('noCalls')}</p>}
          {calls.slice(0, SHOWN).map((one) => (
            <Call key={callKey(one)} one={one} />
          ))}
          {calls.length > SHOWN && (
            <ul className="others" aria-label={t('lastCalls')}>
              {calls.slice(SHOWN).map((one) => (
                <li key={callKey(one)}>
                  <b>{one.label}</b> {one.window_name}
                </li>
              ))}
            </ul>
          )}
        </section>
        <table>
          <caption>{t('waitingFor')}</caption>
          <tbody>
            {data?.services.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Call({ one }: { one: Called }) {
  const { t } = useTranslation('party');
  return (
    <p className={one.state === 'called' ? 'call new' : 'call'} data-testid="call">
      <b>{one.label}</b>
      <span>
        {t('goTo')} <strong>{one.window_name}</strong>
      </span>
    </p>
  );
}

function Row({ one }: { one: Hall['services'][number] }) {
  const { i18n } = useTranslation('party');
  return (
    <tr>
      <th scope="row">
        <span className="letter">{one.letter}</span> {nameIn(i18n.language, one.name_en, one.name_zh)}
      </th>
      <td className="count">{one.waiting}</td>
      <td>
        <Wait seconds={one.wait_s} />
      </td>
    </tr>
  );
}

function Clock() {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <time>{timeOf(now)}</time>;
}
