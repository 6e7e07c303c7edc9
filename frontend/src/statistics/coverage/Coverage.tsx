/** Patrol coverage: a map of cells with its legend, what each member covered, and where nobody was. */
import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/request';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import { figure, questionOf, type Choice, type Choose } from '../state';
import { today } from '../today';
import type { Mode } from './classes';
import { CoverageMap } from './CoverageMap';
import { Gaps } from './Gaps';
import { Legend } from './Legend';
import { Members } from './Members';
import type { Cover, CoverCell, CoverCounts } from './types';
import './coverage.css';
import './words';

const LONGEST_DAYS = 92;

export function Coverage({ choice, choose }: { choice: Choice; choose: Choose }) {
  const { t } = useTranslation('coverage');
  const { organisation, since, until } = questionOf({ ...choice, days: Math.min(choice.days, LONGEST_DAYS) }, today());
  const question = { organisation, since, until };
  const asked = useAsked(() => get<Cover>('/coverage/cells', question), [JSON.stringify(question)]);
  return (
    <Stack gap="sm" data-testid="coverage">
      <Answered asked={asked}>{(cover) => (cover.items.length === 0 ? <Empty hint={t('noCellsHint')}>{t('noCells')}</Empty> : <Drawn cover={cover} limited={choice.days > LONGEST_DAYS} />)}</Answered>
      <div className="coverage-lists">
        <Members question={question} />
        <Gaps organisation={choice.organisation} choose={choose} />
      </div>
    </Stack>
  );
}

function Drawn({ cover, limited }: { cover: Cover; limited: boolean }) {
  const { t } = useTranslation('coverage');
  const [mode, setMode] = useState<Mode>('dwell');
  const [chosen, setChosen] = useState<CoverCell | null>(null);
  const [now] = useState(Date.now);
  return (
    <>
      <Totals totals={cover.totals} />
      <div className="coverage-frame">
        <CoverageMap cells={cover.items} mode={mode} now={now} onCell={setChosen} />
        <Legend cells={cover.items} mode={mode} now={now} chosen={chosen} onMode={setMode} />
      </div>
      <Group gap="md">
        <Text size="xs" c="dimmed">
          {t('summed')} {cover.summed_until ? new Date(cover.summed_until).toLocaleString() : '–'} · {cover.since} – {cover.until} · H3 {cover.resolution}
        </Text>
        {limited && (
          <Text size="xs" c="dimmed">
            {t('limited')}
          </Text>
        )}
      </Group>
    </>
  );
}

function Totals({ totals }: { totals: CoverCounts }) {
  const { t } = useTranslation('coverage');
  const tiles = [
    ['visitedShare', figure(totals.cells ? totals.visited / totals.cells : null, 'share')], ['visits', figure(totals.visits, 'incidents')], ['time', figure(totals.dwell_s, 's')],
    ['offPost', figure(totals.off_post_s, 's')], ['madeUp', `${figure(totals.mock, 'incidents')} ${t('fixes')}`],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm">
      {tiles.map(([name, value]) => (
        <Card key={name} withBorder p="xs" className="tile" data-testid={`coverage-${name}`}>
          <Text size="xs" c="dimmed">
            {t(name)}
          </Text>
          <Text size="xl" fw={700}>
            {value}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
