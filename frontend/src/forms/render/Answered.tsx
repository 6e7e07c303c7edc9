/** What was filled in, to be read: each question that was answered with its answer, by the version that asked. */
import './words';
import './form.css';
import { useTranslation } from 'react-i18next';
import type { Answers, Form } from '../types';
import { answerText, titleOf } from './language';

export function Answered({ form, answers }: { form: Pick<Form, 'definition'>; answers: Answers }) {
  const { t, i18n } = useTranslation('form');
  const words = { yes: t('yes'), no: t('no') };
  const said = Object.entries(form.definition.properties ?? {}).flatMap(([name, field]) => {
    const text = answerText(field, answers[name], i18n.language, words);
    return text === null ? [] : [{ name, title: titleOf(field, i18n.language), text }];
  });
  return (
    <dl className="answers">
      {said.map(({ name, title, text }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
