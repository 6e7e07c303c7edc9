/** What stands out first, then figures, charts and the organisations below. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Answered, Empty } from '../ui/States';
import type { Asked } from '../ui/useAsked';
import { Below } from './Below';
import { Charts } from './Charts';
import { Highlights } from './Highlights';
import type { Choice, Choose } from './state';
import { Stock } from './Stock';
import { Tiles } from './Tiles';
import type { Summary } from './types';

interface Props {
  asked: Asked<Summary>;
  choice: Choice;
  choose: Choose;
}

export function Figures({ asked, choice, choose }: Props) {
  const { t } = useTranslation('statistics');
  return (
    <Answered asked={asked}>
      {(summary) => (
        <Stack gap="sm">
          <Highlights items={summary.highlights} choose={choose} />
          <Tiles summary={summary} choice={choice} />
          {summary.totals.reported === 0 ? <Empty hint={t('nothingHint')}>{t('nothingYet')}</Empty> : <Charts summary={summary} choice={choice} choose={choose} />}
          <Below items={summary.children} choice={choice} choose={choose} />
          <Stock counts={summary.stock} />
          <Text size="xs" c="dimmed">
            {t('fresh')} {summary.summed_at ? new Date(summary.summed_at).toLocaleString() : '–'} · {summary.since} – {summary.until} · {summary.zone}
          </Text>
        </Stack>
      )}
    </Answered>
  );
}
