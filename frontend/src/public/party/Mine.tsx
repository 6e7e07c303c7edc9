/** The number that this phone holds: who is before it, how long still, where to go; and afterwards how it was. */
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, reasonOf } from '../../api/request';
import { nameIn } from '../../i18n';
import { Link } from '../Link';
import { held, leave } from './api';
import { dropCode, keepCode, keptCode } from './kept';
import './party.css';
import { Rate } from './Rate';
import { isOver } from './state';
import type { Held } from './types';
import { Wait } from './Windows';

const EVERY_MS = 5_000;

export function Mine() {
  const [code, setCode] = useState(keptCode);
  const hold = (typed: string) => (keepCode(typed), setCode(typed));
  const close = () => (dropCode(), setCode(null));
  return code === null ? <Ask hold={hold} /> : <Ticket key={code} code={code} close={close} />;
}

function Ask({ hold }: { hold: (code: string) => void }) {
  const { t } = useTranslation('party');
  const [typed, setTyped] = useState('');
  const send = (event: FormEvent) => (event.preventDefault(), hold(typed));
  return (
    <form className="card" onSubmit={send}>
      <h1>{t('have')}</h1>
      <label htmlFor="ticket-code">{t('code')}</label>
      <input id="ticket-code" required minLength={12} maxLength={32} autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="ABCD-EFGH-JKMN" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <div className="row">
        <button className="main" data-testid="ticket-show">
          {t('show')}
        </button>
        <Link to="/public/windows">{t('another')}</Link>
      </div>
    </form>
  );
}

function Ticket({ code, close }: { code: string; close: () => void }) {
  const { t, i18n } = useTranslation('party');
  const [ticket, setTicket] = useState<Held | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const settle = useCallback(
    (work: Promise<Held>) =>
      work.then(
        (told) => (setTicket(told), setProblem(null)),
        (error: unknown) => setProblem(error instanceof Problem ? reasonOf(error) : t('lost')),
      ),
    [t],
  );
  const over = ticket !== null && isOver(ticket);
  useEffect(() => {
    void settle(held(code));
    if (over) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && void settle(held(code)), EVERY_MS);
    return () => clearInterval(timer);
  }, [code, over, settle]);
  return (
    <section className="card ticket" data-testid="ticket">
      {problem !== null && (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      {ticket && (
        <>
          <p className="soft">
            {ticket.organisation_name} · {nameIn(i18n.language, ticket.name_en, ticket.name_zh)}
          </p>
          <h1>
            {t('yours')} <span className="label" data-testid="label">{ticket.label}</span>
          </h1>
          <p className={`state ${ticket.state}`} role="status" data-testid="ticket-state" data-state={ticket.state}>
            {t(`s_${ticket.state}`, { window: ticket.window_name ?? '' })}
          </p>
          {ticket.ahead !== null && (
            <dl className="facts">
              <dt>{t('ahead')}</dt>
              <dd>{ticket.ahead}</dd>
              <dt>{t('wait')}</dt>
              <dd>
                <Wait seconds={ticket.wait_s} />
              </dd>
            </dl>
          )}
          {ticket.state === 'served' && (ticket.score === null ? <Rate code={code} done={() => void settle(held(code))} /> : <p role="status">{t('thanks', { score: t(`score_${ticket.score as 5}`) })}</p>)}
          {!over && (
            <p className="soft">
              {t('code')}: <b>{code}</b>. {t('keep')}
            </p>
          )}
        </>
      )}
      <div className="row noprint">
        {ticket !== null && (ticket.state === 'waiting' || ticket.state === 'called') && (
          <button onClick={() => (sure ? void settle(leave(code)) : setSure(true))}>{t(sure ? 'sure' : 'leave')}</button>
        )}
        {(over || problem !== null) && <button onClick={close}>{t('done')}</button>}
        {ticket && <Link to={`/public/windows/${ticket.organisation}`}>{t('another')}</Link>}
      </div>
    </section>
  );
}
