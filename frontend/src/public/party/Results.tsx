/** What came out of a survey: counts of every question that is not answered in words, and what follows. */
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { countsOf } from './state';
import type { Survey } from './types';

export function Results({ found }: { found: Pick<Survey, 'questions' | 'results' | 'answers' | 'conclusion'> }) {
  const { t, i18n } = useTranslation('party');
  return (
    <>
      <p className="soft">{t('answersCount', { count: found.answers })}</p>
      {found.questions
        .filter((one) => one.kind !== 'text')
        .map((one) => (
          <table key={one.code} className="counts">
            <caption>{nameIn(i18n.language, one.text_en, one.text_zh)}</caption>
            <tbody>
              {countsOf(one, found.results[one.code] ?? {}).map((option) => (
                <tr key={option.code}>
                  <th scope="row">
                    {nameIn(i18n.language, option.text_en, option.text_zh)}
                    <i style={{ width: `${(100 * option.count) / Math.max(1, found.answers)}%` }} aria-hidden />
                  </th>
                  <td>{option.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      {found.conclusion && (
        <>
          <h2>{t('conclusion')}</h2>
          <p className="text">{found.conclusion}</p>
        </>
      )}
    </>
  );
}
