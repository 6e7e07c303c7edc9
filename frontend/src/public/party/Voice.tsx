/** Public opinion: what is published with its answers, a form to say something, and what became of it by its code. */
import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { reasonOf } from '../../api/request';
import { instantOf } from '../../format/moments';
import { organisations, type Organisation } from '../api';
import { CodeForm } from '../CodeForm';
import { Link } from '../Link';
import { Options } from '../Options';
import { Problem } from '../Problem';
import { choices } from '../state';
import { opinions, said, say, voice } from './api';
import { hasDone, keepDone } from './kept';
import './party.css';
import { TOPICS, type Opinion, type OpinionHeld, type Topic } from './types';

export default function Voice({ rest }: { rest: readonly string[] }) {
  return rest[0] === 'say' ? <Say /> : rest[0] === 'follow' ? <Follow /> : <List />;
}

function List() {
  const { t } = useTranslation('party');
  const [topic, setTopic] = useState<Topic | null>(null);
  const [found, setFound] = useState<{ items: Opinion[]; next: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = (cursor?: string) =>
    opinions({ topic: topic ?? undefined, cursor }).then(
      (page) => (setProblem(null), setFound((old) => ({ next: page.next, items: cursor ? [...(old?.items ?? []), ...page.items] : page.items }))),
      (error: unknown) => setProblem(reasonOf(error)),
    );
  useEffect(() => void ask(), [topic]);
  return (
    <>
      <h1>{t('voice')}</h1>
      <p className="row">
        <Link to="/public/voice/say" className="act">
          {t('sayIt')}
        </Link>
        <Link to="/public/voice/follow">{t('became')}</Link>
      </p>
      <div className="row tabs" role="group" aria-label={t('topic')}>
        {([null, ...TOPICS] as const).map((one) => (
          <button key={one} aria-pressed={topic === one} onClick={() => setTopic(one)}>
            {t(one ?? 'every')}
          </button>
        ))}
      </div>
      <Problem problem={problem} />
      {found?.items.length === 0 && <p className="soft">{t('noOpinions')}</p>}
      {found?.items.map((one) => <One key={one.id} one={one} />)}
      {found?.next && <button onClick={() => void ask(found.next!)}>{t('more')}</button>}
    </>
  );
}

function One({ one }: { one: Opinion }) {
  const { t } = useTranslation('party');
  const [voices, setVoices] = useState(one.voices);
  const [joined, setJoined] = useState(() => hasDone(one.id));
  const [problem, setProblem] = useState<string | null>(null);
  const join = () =>
    voice(one.id).then(
      (told) => (setVoices(told.voices), keepDone(one.id), setJoined(true)),
      (error: unknown) => setProblem(reasonOf(error)),
    );
  return (
    <article className="card" data-testid="opinion">
      <h2>{one.title}</h2>
      <p className="soft">
        {t(one.topic)} · {one.organisation_name} · {instantOf(one.created_at)}
      </p>
      <p className="text" lang={one.language}>
        {one.body}
      </p>
      {one.answer && (
        <blockquote>
          <b>{t('answer')}:</b> <span className="text">{one.answer}</span>
        </blockquote>
      )}
      <Problem problem={problem} />
      <p className="row between">
        <button disabled={joined} onClick={() => void join()} data-testid="join">
          {t(joined ? 'joined' : 'same')}
        </button>
        <span data-testid="voices">{t('voices', { count: voices })}</span>
      </p>
    </article>
  );
}

function Say() {
  const { t, i18n } = useTranslation('party');
  const [all, setAll] = useState<Organisation[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const key = useRef(newKey());
  useEffect(() => void organisations().then(setAll, (error: unknown) => setProblem(reasonOf(error))), []);
  const listed = useMemo(() => choices(all), [all]);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const body = { ...Object.fromEntries(new FormData(event.currentTarget)), language: i18n.language === 'zh' ? 'zh' : 'en' };
    await say(body, key.current).then(
      (told) => setCode(told.code),
      (error: unknown) => setProblem(reasonOf(error)),
    );
    setBusy(false);
  };
  if (code !== null)
    return (
      <section className="card" aria-live="polite">
        <h1>{t('sent')}</h1>
        <p className="code" data-testid="opinion-code">
          {code}
        </p>
        <p>{t('keepCode')}</p>
        <Link to="/public/voice">{t('voice')}</Link>
      </section>
    );
  return (
    <form className="card" onSubmit={(event) => void send(event)}>
      <h1>{t('sayIt')}</h1>
      <label htmlFor="topic">{t('topic')}</label>
      <select id="topic" name="topic">
        {TOPICS.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </select>
      <label htmlFor="for">{t('forWhom')}</label>
      <select id="for" name="organisation" required>
        <Options first={t('pickOne')} all={listed} />
      </select>
      <label htmlFor="title">{t('inShort')}</label>
      <input id="title" name="title" required maxLength={120} />
      <label htmlFor="words">{t('yourWords')}</label>
      <textarea id="words" name="body" required maxLength={2000} />
      <input name="website" className="trap" tabIndex={-1} autoComplete="off" aria-hidden />
      <p className="soft">{t('readFirst')}</p>
      <Problem problem={problem} />
      <div className="row">
        <button className="main" disabled={busy} data-testid="say">
          {t('send')}
        </button>
      </div>
    </form>
  );
}

function Follow() {
  const { t } = useTranslation('party');
  const [code, setCode] = useState('');
  const [found, setFound] = useState<OpinionHeld | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = () =>
    void said(code).then(
      (told) => (setFound(told), setProblem(null)),
      (error: unknown) => setProblem(reasonOf(error)),
    );
  return (
    <CodeForm id="opinion-code" title={t('became')} label={t('code')} button={t('show')} code={code} onCode={setCode} onAsk={ask} problem={problem}>
      {found && (
        <div role="status">
          <h2>{found.title}</h2>
          <p>
            <b data-testid="opinion-state">{t(`st_${found.state}`)}</b> {found.state === 'kept' && found.reason}
          </p>
          {found.answer && <blockquote className="text">{found.answer}</blockquote>}
        </div>
      )}
    </CodeForm>
  );
}
