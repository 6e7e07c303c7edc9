/** A league table; a click on a row explains its score. */
import { Anchor, Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { momentOf } from '../format/moments';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { climbed, filled, pointsOf, valueOf } from './figures';
import { ScorePane } from './ScorePane';
import { LEVELS, type Level, type Ranked } from './types';

export function Ranking() {
  const { t } = useTranslation('appraisal');
  const { query } = useRoute();
  const member = useStore((state) => state.me?.role === 'member');
  const organisation = useStore((state) => state.organisation ?? undefined);
  const levels: readonly Level[] = member ? ['member'] : LEVELS;
  const level: Level = levels.find((one) => one === query['level']) ?? (member ? 'member' : 'street');
  const { period, subject } = query;
  const asked = useAsked(() => api.ranking(level, period, organisation), [level, period, organisation]);
  const periods = useAsked(api.periods, []);
  const go = (change: Record<string, string | undefined>) => goTo(pathOf('appraisal', [], { level, period, subject, ...change }));
  return (
    <>
      <Group gap={12} align="flex-end">
        <Select label={t('level')} w={170} allowDeselect={false} data={levels.map((value) => ({ value, label: t(`level_${value}`) }))} value={level} onChange={(to) => to && go({ level: to, subject: undefined })} data-testid="appraisal-level" />
        <Select
          label={t('period')}
          w={190}
          allowDeselect={false}
          data={(periods.data ?? []).map((one) => ({ value: one.period, label: one.frozen_at ? one.period : `${one.period} (${t('running')})` }))}
          value={asked.data?.period ?? null}
          onChange={(to) => to && go({ period: to })}
        />
        <Anchor href={api.fileOf('csv', level, period, organisation)} download size="sm">
          CSV
        </Anchor>
        <Anchor href={api.fileOf('xlsx', level, period, organisation)} download size="sm">
          XLSX
        </Anchor>
        {asked.data?.counted_at && (
          <Text size="xs" c="dimmed">
            {t('countedAt', { at: momentOf(asked.data.counted_at) })}
          </Text>
        )}
      </Group>
      <div className={subject ? 'appraisal-body with-pane' : 'appraisal-body'}>
        <div className="appraisal-scroll" tabIndex={0} role="group" aria-label={t('ranking')}>
          <Answered asked={asked}>
            {({ items }) => (items.length ? <Table items={items} open={subject} onOpen={(id) => go({ subject: id === subject ? undefined : id })} /> : <Empty hint={t('emptyHint')}>{t('empty')}</Empty>)}
          </Answered>
        </div>
        {subject && asked.data && <ScorePane key={`${level}/${subject}/${asked.data.period}`} level={level} id={subject} period={asked.data.period} onClose={() => go({ subject: undefined })} />}
      </div>
    </>
  );
}

function Table({ items, open, onOpen }: { items: Ranked[]; open: string | undefined; onOpen: (id: string) => void }) {
  const { t } = useTranslation('appraisal');
  const { t: common } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('place')}</th>
          <th scope="col">{common('name')}</th>
          <th scope="col">{t('score')}</th>
          <th scope="col">{t('trend')}</th>
          <th scope="col">{t('due')}</th>
          <th scope="col">{t('measures')}</th>
        </tr>
      </thead>
      <tbody>
        {items.slice(0, 1000).map((one) => (
          <tr key={one.id} data-open={one.id === open} data-testid="appraisal-row">
            <td>{one.rank ?? <span title={t('few')}>–</span>}</td>
            <td>
              <button type="button" className="appraisal-name" onClick={() => onOpen(one.id)} aria-expanded={one.id === open}>
                {one.name}
              </button>
              {one.name !== one.organisation_name && (
                <Text size="xs" c="dimmed">
                  {one.organisation_name}
                </Text>
              )}
            </td>
            <td>
              <b>{pointsOf(one.total)}</b> / {pointsOf(one.possible)}
            </td>
            <td>
              <Trend row={one} />
            </td>
            <td>
              {one.due} {one.few && <Text span size="xs" c="dimmed">({t('few')})</Text>}
            </td>
            <td>
              <div className="appraisal-bars">
                {one.measures
                  .filter((measure) => measure.possible > 0)
                  .map((measure) => {
                    const words = `${t(measure.code)}: ${pointsOf(measure.points)} / ${pointsOf(measure.possible)} (${valueOf(measure.code, measure.value)})`;
                    return (
                      <div key={measure.code} className="appraisal-bar" role="img" aria-label={words} title={words}>
                        <i style={{ width: `${filled(measure.points, measure.possible)}%` }} />
                      </div>
                    );
                  })}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Trend({ row }: { row: Ranked }) {
  const { t } = useTranslation('appraisal');
  const gained = climbed(row.rank, row.rank_before);
  if (gained === null) return <span>–</span>;
  const points = row.total_before === null ? '' : ` (${row.total >= row.total_before ? '+' : '−'}${pointsOf(Math.abs(row.total - row.total_before))})`;
  const words = gained > 0 ? `▲ ${t('up', { n: gained })}` : gained < 0 ? `▼ ${t('down', { n: -gained })}` : t('same');
  return <span>{words + points}</span>;
}
