/** The board: incidents by state from left to right, the most urgent on top; for a screen of its own. */
import { Badge, Group, Text, TextInput, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../ui/States';
import './desk.css';
import { IncidentRow } from './IncidentRow';
import { found } from './search';
import { byEnd, byUrgency, COLUMNS, columnOf, type Column } from './state';
import { useDesk } from './store';
import type { Incident } from './types';
import './words';

const MOST_SHOWN = 200;

export default function Board() {
  const { t, i18n } = useTranslation('desk');
  const { desk, problem, load } = useDesk();
  const [search, setSearch] = useState('');
  const columns = useMemo(() => sorted(found([...desk.incidents.values()], search, i18n.language)), [desk.incidents, search, i18n.language]);
  return (
    <div className="board-page">
      <Group px={12} pt={10} justify="space-between">
        <Title order={2} size="h4">
          {t('incidents')}
        </Title>
        <TextInput size="xs" w={260} placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-search />
      </Group>
      {problem && <Fault problem={problem} again={() => void load()} />}
      <div className="board" data-testid="board">
        {COLUMNS.map((name) => (
          <Lane key={name} name={name} rows={columns[name]} />
        ))}
      </div>
    </div>
  );
}

function Lane({ name, rows }: { name: Column; rows: readonly Incident[] }) {
  const { t } = useTranslation('desk');
  return (
    <section aria-label={t(`state_${name}`)} data-testid={`lane-${name}`}>
      <Group justify="space-between" px={10} py={8}>
        <Title order={3} size="h6">
          {t(`state_${name}`)}
        </Title>
        <Badge variant="light" size="sm">
          {rows.length}
        </Badge>
      </Group>
      <div className="scroll" tabIndex={0} role="group" aria-label={t(`state_${name}`)}>
        {rows.slice(0, MOST_SHOWN).map((one) => (
          <IncidentRow key={one.id} incident={one} lane={name} />
        ))}
        {rows.length === 0 && (
          <Text size="sm" c="dimmed" ta="center" py="md">
            {t('noneYet')}
          </Text>
        )}
      </div>
    </section>
  );
}

function sorted(incidents: readonly Incident[]): Record<Column, Incident[]> {
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, [] as Incident[]])) as Record<Column, Incident[]>;
  for (const one of incidents) columns[columnOf(one)].push(one);
  for (const name of COLUMNS) columns[name].sort(name === 'ended' ? byEnd : byUrgency);
  return columns;
}
