/** What the city asks everybody: open surveys to answer, closed ones with what came out. */
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { instantOf } from '../../format/moments';
import { nameIn } from '../../i18n';
import { Link } from '../Link';
import { Problem } from '../Problem';
import { reply, survey, surveys } from './api';
import { hasDone, keepDone } from './kept';
import './party.css';
import { answersOf, countsOf } from './state';
import type { Question, Survey, SurveyLine } from './types';
import { Results } from './Results';

export default function Surveys({ rest }: { rest: readonly string[] }) {
  return rest[0] === undefined ? <List /> : <One key={rest[0]} id={rest[0]} />;
}

function List() {
  const { t, i18n } = useTranslation('party');
  const [all, setAll] = useState<SurveyLine[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => void surveys().then(setAll, (error: unknown) => setProblem(reasonOf(error))), []);
  return (
    <>
      <h1>{t('surveys')}</h1>
      <Problem problem={problem} />
      {all?.length === 0 && <p className="soft">{t('noSurveys')}</p>}
      {all?.map((one) => (
        <Link key={one.id} to={`/public/surveys/${one.id}`} className="card">
          <strong data-testid="survey">{nameIn(i18n.language, one.title_en, one.title_zh)}</strong>
          <p className="soft">
            {t(one.state === 'open' ? 'surveyOpen' : 'surveyClosed')} · {one.organisation_name} · {t('answersCount', { count: one.answers })}
            {one.state === 'open' && one.closes_at && ` · ${t('closes', { when: instantOf(one.closes_at) })}`}
          </p>
        </Link>
      ))}
    </>
  );
}

function One({ id }: { id: string }) {
  const { t, i18n } = useTranslation('party');
  const [found, setFound] = useState<Survey | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState(() => hasDone(id));
  useEffect(() => void survey(id).then(setFound, (error: unknown) => setProblem(reasonOf(error))), [id]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reply(id, answersOf(found!.questions, new FormData(event.currentTarget))).then(
      () => (keepDone(id), setDone(true)),
      (error: unknown) => setProblem(reasonOf(error)),
    );
  };
  return (
    <>
      <p className="noprint">
        <Link to="/public/surveys">{t('allSurveys')}</Link>
      </p>
      {found && (
        <section className="card">
          <h1>{nameIn(i18n.language, found.title_en, found.title_zh)}</h1>
          <p className="text">{nameIn(i18n.language, found.about_en, found.about_zh)}</p>
          {found.state === 'closed' ? (
            <Results found={found} />
          ) : done ? (
            <p role="status" data-testid="answered">
              {t('answered')}
            </p>
          ) : (
            <form onSubmit={send}>
              {found.questions.map((one) => (
                <Field key={one.code} one={one} />
              ))}
              <Problem problem={problem} />
              <div className="row">
                <button className="main" data-testid="reply">
                  {t('send')}
                </button>
              </div>
            </form>
          )}
        </section>
      )}
      {!found && <Problem problem={problem} />}
    </>
  );
}

function Field({ one }: { one: Question }) {
  const { t, i18n } = useTranslation('party');
  const title = `${nameIn(i18n.language, one.text_en, one.text_zh)}${one.kind === 'multiple' ? ` (${t('anyOf')})` : ''}${one.required ? '' : ` (${t('optional')})`}`;
  if (one.kind === 'text')
    return (
      <>
        <label htmlFor={`q-${one.code}`}>{title}</label>
        <textarea id={`q-${one.code}`} name={one.code} required={one.required} maxLength={1000} />
      </>
    );
  const options = countsOf(one, {});
  return (
    <fieldset>
      <legend>{title}</legend>
      <div className={one.kind === 'scale' ? 'options scale' : 'options'}>
        {options.map((option) => (
          <label key={option.code}>
            <input type={one.kind === 'multiple' ? 'checkbox' : 'radio'} name={one.code} value={option.code} required={one.required && one.kind !== 'multiple'} /> {nameIn(i18n.language, option.text_en, option.text_zh)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
