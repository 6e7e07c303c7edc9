/** What was done to a thing, by whom and when. */
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../format/moments';
import type { LogEntry } from './types';

/** silent: actions whose note is told elsewhere already. */
export function Log({ entries, silent = [] }: { entries: readonly LogEntry[]; silent?: readonly string[] }) {
  const { t } = useTranslation('service');
  return (
    <section>
      <Title order={4} size="h6">
        {t('record')}
      </Title>
      <ol className="service-log">
        {entries.map((one) => (
          <li key={one.version}>
            <span>
              {t(`log_${one.action}`)} · {one.actor === 'citizen' ? t('citizen') : one.actor}
            </span>
            <time dateTime={one.at}>{momentOf(one.at)}</time>
            {one.note && !silent.includes(one.action) && <p>{one.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
