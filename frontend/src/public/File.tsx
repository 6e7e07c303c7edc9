/** The form of a request, and the code that it is answered with. */
import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { reasonOf } from '../api/request';
import type { Place } from '../geo/distance';
import { KINDS } from '../service/types';
import { file, organisations, type Filed, type Organisation } from './api';
import { Link } from './Link';
import { Options } from './Options';
import { Problem } from './Problem';
import { choices } from './state';

export function File() {
  const { t, i18n } = useTranslation('public');
  const [all, setAll] = useState<Organisation[]>([]);
  const [place, setPlace] = useState<Place | 'failed' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [filed, setFiled] = useState<Filed | null>(null);
  const key = useRef(newKey());
  useEffect(() => void organisations().then(setAll, (error: unknown) => setProblem(reasonOf(error))), []);
  const listed = useMemo(() => choices(all), [all]);
  const here = () => navigator.geolocation.getCurrentPosition(({ coords }) => setPlace({ latitude: coords.latitude, longitude: coords.longitude }), () => setPlace('failed'), { enableHighAccuracy: true, timeout: 15_000 });
  const known = place !== null && place !== 'failed' ? place : null;

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim() || null]));
    setBusy(true);
    setProblem(null);
    try {
      setFiled(await file({ ...said, ...known, language: i18n.language === 'zh' ? 'zh' : 'en' }, key.current));
    } catch (error) {
      setProblem(error instanceof TypeError ? t('offline') : reasonOf(error));
    }
    setBusy(false);
  };

  if (filed) return <Done filed={filed} />;
  return (
    <form className="card" onSubmit={(event) => void send(event)}>
      <h1>{t('file')}</h1>
      <label htmlFor="kind">{t('kind')}</label>
      <select id="kind" name="kind">
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </select>
      <label htmlFor="subject">{t('subject')}</label>
      <input id="subject" name="subject" required maxLength={120} />
      <label htmlFor="body">{t('body')}</label>
      <textarea id="body" name="body" required maxLength={2000} />
      <label htmlFor="organisation">{t('where')}</label>
      <select id="organisation" name="organisation" required={known === null} aria-describedby="where-hint">
        <Options first={t('choose')} all={listed} />
      </select>
      <p id="where-hint" className="soft">
        {t('chooseHint')}
      </p>
      {'geolocation' in navigator && (
        <button type="button" onClick={here}>
          {t('here')}
        </button>
      )}
      <p className="soft" role="status">
        {known !== null && t('hereDone')}
        {place === 'failed' && t('hereFailed')}
      </p>
      <label htmlFor="name">{t('name')}</label>
      <input id="name" name="name" maxLength={80} autoComplete="name" aria-describedby="contact-hint" />
      <label htmlFor="telephone">{t('telephone')}</label>
      <input id="telephone" name="telephone" type="tel" maxLength={32} autoComplete="tel" aria-describedby="contact-hint" />
      <p id="contact-hint" className="soft">
        {t('contactHint')}
      </p>
      <Problem problem={problem} />
      <div className="row">
        <button className="main" disabled={busy} data-testid="send">
          {t(busy ? 'sending' : 'send')}
        </button>
      </div>
    </form>
  );
}

function Done({ filed }: { filed: Filed }) {
  const { t } = useTranslation('public');
  return (
    <section className="card" aria-live="polite">
      <h1>{t('filed')}</h1>
      <p className="soft">{t('codeIs')}</p>
      <p className="code" data-testid="code">
        {filed.code}
      </p>
      <p>{t('keepCode')}</p>
      <p className="soft">
        {t('number')} {filed.id} · {t('goTo')}: {filed.organisation_name}
      </p>
      <div className="row noprint">
        <button className="main" onClick={() => print()}>
          {t('print')}
        </button>
        <Link to="/public/follow">{t('follow')}</Link>
      </div>
    </section>
  );
}
