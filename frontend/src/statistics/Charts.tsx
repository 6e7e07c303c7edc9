/** Lines, pies and bars; whatever is clicked leads to its days, its kind or its incidents. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../app/route';
import { bars, largest, overTime, slices } from './options';
import { Chart } from './Chart';
import { behind, spanOf, type Choice, type Choose, type Which } from './state';
import { Times } from './Times';
import type { Summary } from './types';

interface Props {
  summary: Summary;
  choice: Choice;
  choose: Choose;
}

export function Charts({ summary, choice, choose }: Props) {
  const { t, i18n } = useTranslation('statistics');
  const made = useMemo(() => {
    const named = (one: Summary['kinds'][number]) => (i18n.language === 'zh' ? one.name_zh : one.name_en);
    const kinds = largest(summary.kinds.map((one) => [named(one), one.reported] as const), t('others'));
    const sources = largest(Object.entries(summary.sources).map(([name, value]) => [t(name), value] as const), t('others'));
    const hours = summary.hours.map((value, hour) => [String(hour), value] as const);
    return {
      kinds, sources, hours,
      codes: kinds.map(([name]) => summary.kinds.find((one) => named(one) === name)?.code),
      words: sources.map(([name]) => Object.keys(summary.sources).find((one) => t(one) === name)),
      options: { time: overTime(summary.series, t('reported'), t('closed')), kinds: slices(kinds), sources: slices(sources), hours: bars(hours.map(([name]) => name), summary.hours) },
    };
  }, [summary, i18n.language]);
  const list = (which: Which, when: Choice = choice) => goTo(behind(when, which));
  const look = (at: number) => {
    const span = spanOf(summary.series[at]!.day, summary.bucket);
    if (summary.bucket === 'day') list({}, { ...choice, ...span });
    else choose(span);
  };
  return (
    <div className="charts">
      <div className="wide">
        <Chart title={t('overTime')} option={made.options.time} head={[t('day'), t('reported'), t('closed')]} rows={summary.series.map((one) => [one.day, one.reported, one.closed])} choose={look} />
      </div>
      <Chart title={t('bySource')} option={made.options.sources} head={[t('source'), t('incidents')]} rows={made.sources} choose={(row) => made.words[row] && list({ source: made.words[row] })} />
      <Chart title={t('byKind')} option={made.options.kinds} head={[t('kind'), t('incidents')]} rows={made.kinds} choose={(row) => made.codes[row] && choose({ kind: made.codes[row] })} />
      <Times summary={summary} list={list} />
      <Chart title={t('byHour')} option={made.options.hours} head={[t('hour'), t('incidents')]} rows={made.hours} choose={(hour) => list({ hour: String(hour) })} />
    </div>
  );
}
