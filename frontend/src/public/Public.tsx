/** The start page, and one view a section. Every address is one of its own; the language is chosen at the top. */
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../i18n';
import { Link } from './Link';
import { SECTIONS } from './sections';
import { viewOf } from './state';

const NAMES = SECTIONS.map((one) => one.name);

export function Public() {
  const { t, i18n } = useTranslation('public');
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const look = () => setPath(location.pathname);
    addEventListener('popstate', look);
    return () => removeEventListener('popstate', look);
  }, []);
  const { name, rest } = viewOf(path, NAMES);
  const section = SECTIONS.find((one) => one.name === name);
  useEffect(() => void (document.title = section ? `${t(section.name, { ns: section.words })} · ${t('title')}` : t('title')), [section, i18n.language]);
  return (
    <>
      <header className="top noprint">
        <Link to="/public">{t('title')}</Link>
        <button lang={i18n.language === 'zh' ? 'en' : 'zh'} onClick={() => setLanguage(i18n.language === 'zh' ? 'en' : 'zh')} data-testid="language">
          {t('language')}
        </button>
      </header>
      <main>
        <Suspense fallback={<p role="status">{t('loading')}</p>}>{section ? <section.View rest={rest} /> : <Home />}</Suspense>
      </main>
    </>
  );
}

function Home() {
  const { t } = useTranslation('public');
  return (
    <>
      <h1>{t('title')}</h1>
      {SECTIONS.map(({ name, words }) => (
        <Link key={name} to={`/public/${name}`} className="card">
          <strong>{t(name, { ns: words })}</strong>
          <p className="soft">{t(`${name}Hint`, { ns: words })}</p>
        </Link>
      ))}
    </>
  );
}
