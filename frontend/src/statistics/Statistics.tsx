/** How things stand in an organisation: its figures, and the incidents behind each. Everything chosen stands in the address. */
import { Badge, Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { get, urlOf, type Query } from '../api/request';
import { goTo, pathOf, useRoute } from '../app/route';
import { TitledTabs } from '../ui/TitledTabs';
import { useAsked } from '../ui/useAsked';
import { Coverage } from './coverage/Coverage';
import { Figures } from './Figures';
import { Incidents } from './Incidents';
import { Path } from './Path';
import { Reports } from './reports/Reports';
import { addressOf, choiceOf, PERIODS, questionOf, whichOf, type Choice, type Choose } from './state';
import { today } from './today';
import type { Summary } from './types';
import { Views } from './views/Views';
import './statistics.css';
import './words';

const TABS = ['figures', 'coverage', 'reports'] as const;
const SHOWN = [...TABS, 'incidents'] as const;

export default function Statistics() {
  const { t } = useTranslation('statistics');
  const { query, rest } = useRoute();
  const choice = choiceOf(query);
  const question = questionOf(choice, today());
  const asked = useAsked(() => get<Summary>('/statistics/summary', question), [JSON.stringify(question)]);
  const tab = SHOWN.find((one) => one === rest[0]) ?? 'figures';
  const show = (to: string, change: Parameters<Choose>[0] = {}) => goTo(pathOf('statistics', to === 'figures' ? [] : [to], addressOf({ ...choice, ...change })));
  const choose: Choose = (change) => show(tab === 'incidents' ? 'figures' : tab, change);
  return (
    <div className="statistics" data-testid="statistics">
      <Group justify="space-between" mb="sm">
        <Stack gap={2}>
          <TitledTabs page="statistics" title={t('title')} tabs={TABS} label={(one) => t(one)} value={tab === 'incidents' ? 'figures' : tab} onChange={(to) => show(to)} />
          {asked.data && <Path summary={asked.data} choice={choice} choose={choose} />}
        </Stack>
        <Tools choice={choice} choose={choose} question={question} />
      </Group>
      {tab === 'figures' && <Figures asked={asked} choice={choice} choose={choose} />}
      {tab === 'incidents' && <Incidents choice={choice} which={whichOf(query)} />}
      {tab === 'reports' && <Reports choice={choice} />}
      {tab === 'coverage' && <Coverage choice={choice} choose={choose} />}
    </div>
  );
}

function Tools({ choice, choose, question }: { choice: Choice; choose: Choose; question: Query }) {
  const { t } = useTranslation('statistics');
  return (
    <Group className="statistics-tools">
      {choice.since && (
        <Badge component="button" variant="light" className="chosen-kind" onClick={() => choose({ since: undefined, until: undefined })}>
          {choice.since} – {choice.until} ×
        </Badge>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('period')}
        value={choice.since ? '' : String(choice.days)}
        onChange={(days) => choose({ days: Number(days), since: undefined, until: undefined })}
        data={PERIODS.map((days) => ({ value: String(days), label: `${days} ${t('days')}` }))}
      />
      <Button size="xs" variant="default" component="a" href={urlOf('/reports/statistics.csv', question)} download>
        {t('download')}
      </Button>
      <Views />
      <Button size="xs" variant="default" onClick={() => print()}>
        {t('print')}
      </Button>
    </Group>
  );
}
