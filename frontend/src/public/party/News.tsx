/** What is published: a list by section with a search, and one publication to read. */
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf, urlOf } from '../../api/request';
import { instantOf } from '../../format/moments';
import { Link } from '../Link';
import { article, news } from './api';
import './party.css';
import { wordsIn } from './state';
import { Text } from './Text';
import { SECTIONS, type NewsLine, type NewsSection, type NewsText } from './types';

export default function News({ rest }: { rest: readonly string[] }) {
  return rest[0] === undefined ? <List /> : <One key={rest[0]} id={rest[0]} />;
}

function List() {
  const { t } = useTranslation('party');
  const [section, setSection] = useState<NewsSection | null>(null);
  const [words, setWords] = useState('');
  const [found, setFound] = useState<{ items: NewsLine[]; next: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = (cursor?: string) =>
    news({ section: section ?? undefined, q: words.trim() || undefined, cursor }).then(
      (page) => (setProblem(null), setFound((old) => ({ next: page.next, items: cursor ? [...(old?.items ?? []), ...page.items] : page.items }))),
      (error: unknown) => setProblem(reasonOf(error)),
    );
  useEffect(() => void ask(), [section]);
  const find = (event: FormEvent) => (event.preventDefault(), void ask());
  return (
    <>
      <h1>{t('news')}</h1>
      <div className="row tabs" role="group" aria-label={t('news')}>
        {([null, ...SECTIONS] as const).map((one) => (
          <button key={one} aria-pressed={section === one} onClick={() => setSection(one)}>
            {t(one ?? 'every')}
          </button>
        ))}
      </div>
      <form className="row search" role="search" onSubmit={find}>
        <input aria-label={t('search')} placeholder={t('search')} type="search" maxLength={100} value={words} onChange={(event) => setWords(event.target.value)} />
        <button>{t('find')}</button>
      </form>
      {problem !== null && (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      {found?.items.length === 0 && <p className="soft">{t('nothing')}</p>}
      {found?.items.map((one) => <Line key={one.id} one={one} />)}
      {found?.next && <button onClick={() => void ask(found.next!)}>{t('more')}</button>}
    </>
  );
}

function Line({ one }: { one: NewsLine }) {
  const { t, i18n } = useTranslation('party');
  const title = wordsIn(i18n.language, one.title_en, one.title_zh);
  return (
    <Link to={`/public/news/${one.id}`} className="card">
      <strong lang={title.lang} data-testid="news-title">
        {title.text}
      </strong>
      <p className="soft">
        {one.pinned && <b>{t('pinned')} · </b>}
        {t(one.section)} · {one.organisation_name} · {instantOf(one.visible_from!)}
      </p>
    </Link>
  );
}

function One({ id }: { id: string }) {
  const { t, i18n } = useTranslation('party');
  const [found, setFound] = useState<(NewsLine & NewsText) | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => void article(id).then(setFound, (error: unknown) => setProblem(reasonOf(error))), [id]);
  const title = found && wordsIn(i18n.language, found.title_en, found.title_zh);
  const body = found && wordsIn(i18n.language, found.body_en, found.body_zh);
  return (
    <>
      <p className="noprint">
        <Link to="/public/news">{t('backToNews')}</Link>
      </p>
      {problem !== null && (
        <p className="bad" role="alert">
          {t('gone')}
        </p>
      )}
      {found && title && body && (
        <article className="card" data-testid="article">
          <h1 lang={title.lang}>{title.text}</h1>
          <p className="soft">
            {t(found.section)} · {found.organisation_name} · {instantOf(found.visible_from!)}
            {found.visible_until && ` · ${t('until', { when: instantOf(found.visible_until) })}`} · {t('version', { version: found.version })}
          </p>
          <Text {...body} />
          {found.files.length > 0 && (
            <>
              <h2>{t('attachments')}</h2>
              <ul>
                {found.files.map((file) => (
                  <li key={file.id}>
                    <a href={urlOf(`/public/publications/${id}/files/${file.id}`)} download={file.name}>
                      {file.name}
                    </a>{' '}
                    <span className="soft">{Math.ceil(file.bytes / 1024)} KiB</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </article>
      )}
    </>
  );
}
