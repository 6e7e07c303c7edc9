/** What the colours mean, how many cells are of each, and the figures of the cell that was clicked. */
import { Card, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { took } from '../state';
import { CLASSES, COLOURS, MODES, tally, type Mode } from './classes';
import type { CoverCell } from './types';

interface Props {
  cells: readonly CoverCell[];
  mode: Mode;
  now: number;
  chosen: CoverCell | null;
  onMode(mode: Mode): void;
}

export function Legend({ cells, mode, now, chosen, onMode }: Props) {
  const { t } = useTranslation('coverage');
  const counts = tally(cells, mode, now);
  return (
    <Card withBorder p="xs" className="coverage-legend" role="region" aria-label={t('legend')}>
      <SegmentedControl size="xs" fullWidth orientation="vertical" aria-label={t('show')} value={mode} onChange={(to) => onMode(to as Mode)} data={MODES.map((value) => ({ value, label: t(value) }))} />
      <ul>
        {CLASSES[mode].map((name, at) => (
          <li key={name} data-testid={`legend-${name}`}>
            <svg width="14" height="14" aria-hidden>
              <rect width="14" height="14" rx="3" fill={COLOURS[mode][at]} opacity={at === 0 ? 0.4 : 1} />
            </svg>
            <span>{t(name)}</span>
            <span className="number">{counts[at]}</span>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed" aria-live="polite" data-testid="coverage-cell">
        {chosen === null ? t('clickCell') : said(chosen, t)}
      </Text>
    </Card>
  );
}

function said(cell: CoverCell, t: (key: string, values?: Record<string, string>) => string): string {
  if (cell.last_visit === null) return t('neverVisited');
  const flags = [cell.off_post_s > 0 ? `${t('offPost')} ${took(cell.off_post_s)}` : '', cell.mock > 0 ? `${t('madeUp')} ${cell.mock}` : ''].filter(Boolean);
  return [t('cellIs', { visits: String(cell.visits), time: took(cell.dwell_s), last: new Date(cell.last_visit).toLocaleString() }), ...flags].join(' · ');
}
