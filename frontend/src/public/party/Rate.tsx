/** How it was: a score, what about it, and a word. */
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { rate } from './api';
import { TAGS, type Tag } from './types';

const SCORES = [5, 4, 3, 2, 1] as const;

export function Rate({ code, done }: { code: string; done: () => void }) {
  const { t } = useTranslation('party');
  const [score, setScore] = useState(0);
  const [tags, setTags] = useState<Tag[]>([]);
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    rate(code, score, tags, comment).then(done, (error: unknown) => setProblem(reasonOf(error)));
  };
  const turn = (tag: Tag) => setTags(tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]);
  return (
    <form onSubmit={send} data-testid="rate-form">
      <h2>{t('howWas')}</h2>
      <div className="stars" role="group" aria-label={t('howWas')}>
        {SCORES.map((one) => (
          <button key={one} type="button" aria-pressed={score === one} onClick={() => setScore(one)} data-testid={`score-${one}`}>
            {t(`score_${one}`)}
          </button>
        ))}
      </div>
      <fieldset>
        <legend>{t('about')}</legend>
        <div className="stars">
          {TAGS.map((one) => (
            <button key={one} type="button" aria-pressed={tags.includes(one)} onClick={() => turn(one)}>
              {t(one)}
            </button>
          ))}
        </div>
      </fieldset>
      <label htmlFor="rate-comment">{t('comment')}</label>
      <textarea id="rate-comment" maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
      {problem !== null && (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <button className="main" disabled={score === 0} data-testid="rate">
          {t('send')}
        </button>
      </div>
    </form>
  );
}
