/** Start, file a request, follow one. Every address is one of its own; the language is chosen at the top. */
import { useEffect, useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../i18n';
import { File } from './File';
import { Follow } from './Follow';
import { viewOf } from './state';

export function Public() {
  const { t, i18n } = useTranslation('public');
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const look = () => setPath(location.pathname);
    addEventListener('popstate', look);
    return () => removeEventListener('popstate', look);
  }, []);
  const view = viewOf(path);
  useEffect(() => void (document.title = view === 'home' ? t('title') : `${t(view)} · ${t('title')}`), [view, i18n.language]);
  return (
    <>
      <header className="top">
        <Link to="/public">{t('title')}</Link>
        <button lang={i18n.language === 'zh' ? 'en' : 'zh'} onClick={() => setLanguage(i18n.language === 'zh' ? 'en' : 'zh')} data-testid="language">
          {t('language')}
        </button>
      </header>
      <main>
        {view === 'home' && <Home />}
        {view === 'file' && <File />}
        {view === 'follow' && <Follow />}
      </main>
    </>
  );
}

function Home() {
  const { t } = useTranslation('public');
  return (
    <>
      <h1>{t('title')}</h1>
      {(['file', 'follow'] as const).map((one) => (
        <Link key={one} to={`/public/${one}`} className="card">
          <strong>{t(one)}</strong>
          <p className="soft">{t(`${one}Hint`)}</p>
        </Link>
      ))}
    </>
  );
}

export function Link({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
    scrollTo(0, 0);
  };
  return (
    <a href={to} onClick={go} {...(className === undefined ? {} : { className })}>
      {children}
    </a>
  );
}
