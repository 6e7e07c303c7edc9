/** How things stand: what stands out first, then figures, charts and the organisations below, each a click away. */
import { Anchor, Badge, Breadcrumbs, Button, Card, Group, Progress, SegmentedControl, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { get, urlOf } from '../api/request';
import type { Organisation } from '../api/types';
import { goTo, pathOf, useRoute } from '../app/route';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { Chart } from './Chart';
import { bars, joined, largest, overTime, slices } from './charts';
import { addressOf, changeOf, changeText, choiceOf, figure, PERIODS, questionOf, TILES, type Choice } from './state';
import type { Child, Highlight, Summary } from './types';
import './statistics.css';
import './words';

type Choose = (change: Partial<Choice>) => void;

export default function Statistics() {
  const { t } = useTranslation('statistics');
  const { query } = useRoute();
  const choice = choiceOf(query);
  const question = questionOf(choice, today());
  const asked = useAsked(() => get<Summary>('/statistics/summary', question), [JSON.stringify(question)]);
  const choose: Choose = (change) => goTo(pathOf('statistics', [], addressOf({ ...choice, ...change })));
  return (
    <div className="statistics" data-testid="statistics">
      <Group justify="space-between" mb="sm">
        <Stack gap={2}>
          <Title order={2} size="h4">
            {t('title')}
          </Title>
          {asked.data && <Path summary={asked.data} choice={choice} choose={choose} />}
        </Stack>
        <Group className="statistics-tools">
          <SegmentedControl
            size="xs"
            aria-label={t('period')}
            value={String(choice.days)}
            onChange={(days) => choose({ days: Number(days) })}
            data={PERIODS.map((days) => ({ value: String(days), label: `${days} ${t('days')}` }))}
          />
          <Button size="xs" variant="default" component="a" href={urlOf('/reports/statistics.csv', question)} download>
            {t('download')}
          </Button>
          <Button size="xs" variant="default" onClick={() => print()}>
            {t('print')}
          </Button>
        </Group>
      </Group>
      <Answered asked={asked}>{(summary) => <Figures summary={summary} choose={choose} />}</Answered>
    </div>
  );
}

/** From the top of what the caller may see down to what is shown, and the kind chosen. */
function Path({ summary, choice, choose }: { summary: Summary; choice: Choice; choose: Choose }) {
  const { t, i18n } = useTranslation('statistics');
  const organisations = useStore((state) => state.organisations);
  const kind = summary.kinds.find((one) => one.code === choice.kind);
  const name = i18n.language === 'zh' ? kind?.name_zh : kind?.name_en;
  return (
    <Breadcrumbs separatorMargin={6}>
      {ancestors(organisations, summary.organisation.id).map((one) => (
        <Anchor key={one.id} component="button" size="sm" onClick={() => choose({ organisation: one.id })}>
          {one.name}
        </Anchor>
      ))}
      <Text size="sm" fw={600} data-testid="statistics-organisation">
        {summary.organisation.name}
      </Text>
      {choice.kind && (
        <Badge component="button" variant="light" className="chosen-kind" onClick={() => choose({ kind: undefined })} aria-label={`${t('whole')} ×`}>
          {name ?? choice.kind} ×
        </Badge>
      )}
    </Breadcrumbs>
  );
}

function Figures({ summary, choose }: { summary: Summary; choose: Choose }) {
  const { t } = useTranslation('statistics');
  return (
    <Stack gap="sm">
      <Highlights items={summary.highlights} choose={choose} />
      <Tiles summary={summary} />
      {summary.totals.reported === 0 ? <Empty hint={t('nothingHint')}>{t('nothingYet')}</Empty> : <Charts summary={summary} choose={choose} />}
      <Below items={summary.children} choose={choose} />
      <Stock counts={summary.stock} />
      <Text size="xs" c="dimmed">
        {t('fresh')} {summary.summed_at ? new Date(summary.summed_at).toLocaleString() : '–'} · {summary.since} – {summary.until} · {summary.zone}
      </Text>
    </Stack>
  );
}

function Highlights({ items, choose }: { items: Highlight[]; choose: Choose }) {
  const { t, i18n } = useTranslation('statistics');
  return (
    <Card withBorder p="sm" data-testid="highlights">
      <Title order={3} size="h6" mb={4}>
        {t('highlights')}
      </Title>
      {items.length === 0 && <Text size="sm">{t('nothingStandsOut')}</Text>}
      <ul className="highlights">
        {items.map((one) => (
          <li key={`${one.about} ${one.subject} ${one.text_en}`} data-more={one.value > one.usual}>
            <span aria-hidden>{one.value > one.usual ? '▲' : '▼'}</span>
            <button type="button" onClick={() => choose(one.about === 'kind' ? { kind: one.subject } : { organisation: one.subject })}>
              {i18n.language === 'zh' ? one.text_zh : one.text_en}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Tiles({ summary }: { summary: Summary }) {
  const { t } = useTranslation('statistics');
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 8 }} spacing="sm">
      {TILES.map(({ code, unit, better }) => {
        const change = better === null ? null : changeOf(summary.totals[code], summary.before[code]);
        const mood = !change || !better ? 'even' : change > 0 === better > 0 ? 'good' : 'bad';
        return (
          <Card key={code} withBorder p="xs" className="tile" data-testid={`tile-${code}`}>
            <Text size="xs" c="dimmed">
              {t(code)}
            </Text>
            <Text size="xl" fw={700}>
              {figure(summary.totals[code], unit)}
            </Text>
            <Text size="xs" className={`change ${mood}`} title={t('against')}>
              {better === null ? '' : changeText(change)}
            </Text>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}

function Charts({ summary, choose }: { summary: Summary; choose: Choose }) {
  const { t, i18n } = useTranslation('statistics');
  const made = useMemo(() => {
    const named = (one: Summary['kinds'][number]) => (i18n.language === 'zh' ? one.name_zh : one.name_en);
    const kinds = largest(summary.kinds.map((one) => [named(one), one.reported] as const), t('others'));
    const sources = largest(Object.entries(summary.sources).map(([name, value]) => [t(name), value] as const), t('others'));
    const times = joined(summary.times.response ?? []);
    const hours = summary.hours.map((value, hour) => [String(hour), value] as const);
    return {
      kinds, sources, times, hours,
      codes: kinds.map(([name]) => summary.kinds.find((one) => named(one) === name)?.code),
      options: { time: overTime(summary.series, t('reported'), t('closed')), kinds: slices(kinds), sources: slices(sources), times: bars(times.map(([name]) => name), times.map(([, n]) => n)), hours: bars(hours.map(([name]) => name), summary.hours) },
    };
  }, [summary, i18n.language]);
  return (
    <div className="charts">
      <div className="wide">
        <Chart title={t('overTime')} option={made.options.time} head={[t('day'), t('reported'), t('closed')]} rows={summary.series.map((one) => [one.day, one.reported, one.closed])} />
      </div>
      <Chart title={t('bySource')} option={made.options.sources} head={[t('source'), t('incidents')]} rows={made.sources} />
      <Chart title={t('byKind')} option={made.options.kinds} head={[t('kind'), t('incidents')]} rows={made.kinds} choose={(row) => made.codes[row] && choose({ kind: made.codes[row] })} />
      <Chart title={t('responseTimes')} option={made.options.times} head={[t('from'), t('incidents')]} rows={made.times} />
      <Chart title={t('byHour')} option={made.options.hours} head={[t('hour'), t('incidents')]} rows={made.hours} />
    </div>
  );
}

function Below({ items, choose }: { items: Child[]; choose: Choose }) {
  const { t } = useTranslation('statistics');
  if (items.length === 0) return <Text size="sm">{t('noneBelow')}</Text>;
  const most = Math.max(1, ...items.map((one) => one.reported));
  return (
    <Card withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('below')}
      </Title>
      <div className="chart-table whole" tabIndex={0} role="region" aria-label={t('below')}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {['name', 'reported', 'still_open', 'late', 'sent_back', 'closing_rate', 'on_time_rate', 'response_p50'].map((one) => (
                <Table.Th key={one}>{t(one)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...items].sort((a, b) => b.reported - a.reported).map((one) => (
              <Table.Tr key={one.id} data-testid="organisation-below">
                <Table.Td>
                  <Anchor component="button" size="sm" onClick={() => choose({ organisation: one.id })}>
                    {one.name}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Group gap={8} wrap="nowrap">
                    <span className="number">{one.reported}</span>
                    <Progress value={(one.reported / most) * 100} w={90} size="sm" aria-hidden />
                  </Group>
                </Table.Td>
                <Table.Td>{one.still_open}</Table.Td>
                <Table.Td>{one.late}</Table.Td>
                <Table.Td>{one.sent_back}</Table.Td>
                <Table.Td>{figure(one.closing_rate, 'share')}</Table.Td>
                <Table.Td>{figure(one.on_time_rate, 'share')}</Table.Td>
                <Table.Td>{figure(one.response_p50, 's')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

function Stock({ counts }: { counts: Record<string, number> }) {
  const { t } = useTranslation('statistics');
  return (
    <Card withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('stock')}
      </Title>
      <Group gap="xl">
        {Object.entries(counts).map(([name, count]) => (
          <span key={name}>
            <Text span size="sm" c="dimmed">
              {t(name)}{' '}
            </Text>
            <Text span fw={600}>
              {count.toLocaleString('en')}
            </Text>
          </span>
        ))}
      </Group>
    </Card>
  );
}

function ancestors(all: readonly Organisation[], id: string): Organisation[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const found: Organisation[] = [];
  for (let parent = byId.get(id)?.parent ?? null; parent !== null; parent = byId.get(parent)?.parent ?? null) {
    const above = byId.get(parent);
    if (!above) break;
    found.unshift(above);
  }
  return found;
}

/** The local day, YYYY-MM-DD. */
const today = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
