/** The figures, each with its change against the period before, and a way to its incidents. */
import { Card, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Behind } from './Behind';
import { behindTile, changeOf, changeText, figure, moodOf, TILES, type Choice } from './state';
import type { Summary } from './types';

export function Tiles({ summary, choice }: { summary: Summary; choice: Choice }) {
  const { t } = useTranslation('statistics');
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 8 }} spacing="sm">
      {TILES.map((tile) => {
        const { code, unit, better } = tile;
        const change = better === null ? null : changeOf(summary.totals[code], summary.before[code]);
        return (
          <Card key={code} withBorder p="xs" className="tile" data-testid={`tile-${code}`}>
            <Text size="xs" c="dimmed">
              {t(code)}
            </Text>
            <Behind choice={choice} which={behindTile(tile, summary.totals)} about={t(code)} large>
              {figure(summary.totals[code], unit)}
            </Behind>
            <Text size="xs" className={`change ${moodOf(change, better)}`} title={t('against')}>
              {better === null ? '' : changeText(change)}
            </Text>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}
