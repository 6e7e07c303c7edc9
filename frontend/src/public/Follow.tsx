/** A request by its code: how far it is, what was said, and what its holder may do. The code stays in this page. */
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/request';
import { instantOf } from '../format/moments';
import { look, rate, withdraw, write, type Followed } from './api';
import { CodeForm } from './CodeForm';
import { STEPS, mayRate, mayWithdraw, stepOf } from './state';

export function Follow() {
  const { t } = useTranslation('public');
  const [code, setCode] = useState('');
  const [found, setFound] = useState<Followed | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  /** True when it was done. */
  const act = async (work: () => Promise<Followed>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      setFound(await work());
      return true;
    } catch (error) {
      setProblem(error instanceof TypeError ? t('offline') : reasonOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <CodeForm className="card noprint" id="code" title={t('follow')} label={t('code')} button={t('show')} code={code} onCode={setCode} onAsk={() => void act(() => look(code))} busy={busy} problem={problem} />
      {found && <One found={found} code={code} busy={busy} act={act} />}
    </>
  );
}

interface OneProps {
  found: Followed;
  code: string;
  busy: boolean;
  act: (work: () => Promise<Followed>) => Promise<boolean>;
}

function One({ found, code, busy, act }: OneProps) {
  const { t } = useTranslation('public');
  const [sure, setSure] = useState(false);
  const at = stepOf(found.state);
  return (
    <article className="card" data-testid="request">
      <p className="soft">
        {found.id} · {found.organisation_name} · {instantOf(found.created_at)}
      </p>
      <h2>{found.subject}</h2>
      <p className="text">{found.body}</p>
      <ol className="steps" aria-label={t('progress')}>
        {STEPS.map((one, n) => (
          <li key={one} className={n <= at ? 'done' : ''} aria-current={n === at ? 'step' : undefined}>
            {t(n === at ? found.state : one)}
          </li>
        ))}
      </ol>
      <h2>{t('messages')}</h2>
      {found.messages.length === 0 && <p className="soft">{t('noMessages')}</p>}
      <ul className="said">
        {found.messages.map((one, n) => (
          <li key={n} className={one.by_citizen ? 'mine' : ''}>
            {one.body}
            <small>
              {t(one.by_citizen ? 'you' : 'office')} · {instantOf(one.at)}
            </small>
          </li>
        ))}
      </ul>
      {mayRate(found.state, found.score) && <Rate busy={busy} send={(score, comment) => act(() => rate(code, score, comment))} />}
      {found.score !== null && (
        <p role="status">
          {t('rated')}: <strong>{t(`score_${found.score as 1 | 2 | 3 | 4 | 5}`)}</strong>. {t('thanks')}
        </p>
      )}
      {found.state !== 'withdrawn' && <Write busy={busy} send={(text) => act(() => write(code, text))} />}
      {mayWithdraw(found.state) && (
        <div className="row">
          {sure && <span>{t('withdrawSure')}</span>}
          <button disabled={busy} onClick={() => (sure ? void act(() => withdraw(code)) : setSure(true))}>
            {t(sure ? 'yes' : 'withdraw')}
          </button>
          {sure && <button onClick={() => setSure(false)}>{t('no')}</button>}
        </div>
      )}
    </article>
  );
}

function Write({ busy, send }: { busy: boolean; send: (text: string) => Promise<boolean> }) {
  const { t } = useTranslation('public');
  const [text, setText] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await send(text)) setText('');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label htmlFor="message">{t('write')}</label>
      <textarea id="message" required maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="row">
        <button disabled={busy || !text.trim()}>{t('send')}</button>
      </div>
    </form>
  );
}

function Rate({ busy, send }: { busy: boolean; send: (score: number, comment: string) => Promise<boolean> }) {
  const { t } = useTranslation('public');
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  return (
    <fieldset>
      <legend>{t('rate')}</legend>
      <div className="stars">
        {([5, 4, 3, 2, 1] as const).map((one) => (
          <button key={one} type="button" aria-pressed={score === one} onClick={() => setScore(one)} data-testid={`score-${one}`}>
            {t(`score_${one}`)}
          </button>
        ))}
      </div>
      <label htmlFor="comment">{t('comment')}</label>
      <textarea id="comment" maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
      <div className="row">
        <button type="button" className="main" disabled={busy || score === 0} onClick={() => void send(score, comment)} data-testid="rate">
          {t('send')}
        </button>
      </div>
    </fieldset>
  );
}
