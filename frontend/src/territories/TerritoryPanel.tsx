/** Redraw the territory of the chosen organisation: draw, move corners, split, merge; and see what it was. */
import './words';
import { Alert, Button, Card, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../api/types';
import { outlineOf, useSketch } from '../map/sketching';
import { useTools } from '../map/tools';
import { useStore } from '../state/store';
import { History } from './History';
import { mayDraw } from './preview';
import { Outcome } from './Outcome';
import { useTerritories, type Task } from './store';
import { Said } from './Said';

const TASKS: readonly Task[] = ['edit', 'draw', 'split', 'merge'];
const PAUSE_MS = 350;

export default function TerritoryPanel() {
  const { t } = useTranslation('territories');
  const chosen = useStore((state) => state.chosen());
  useEffect(() => () => (useTerritories.getState().leave(), void useTerritories.getState().look(null)), []);
  return (
    <Card component="section" className="tool-card" withBorder shadow="md" p="sm" aria-label={t('territories')} data-testid="territory-panel">
      <Group justify="space-between" mb={8}>
        <Title order={2} size="h5">
          {chosen?.name ?? t('territories')}
        </Title>
        <CloseButton size="sm" aria-label={t('close')} onClick={() => useTools.getState().open(null)} />
      </Group>
      {chosen ? <Chosen key={chosen.id} one={chosen} /> : <Text size="sm">{t('choose')}</Text>}
    </Card>
  );
}

function Chosen({ one }: { one: Organisation }) {
  const { t } = useTranslation('territories');
  const { organisations, me } = useStore();
  const task = useTerritories((state) => state.task);
  useEffect(() => useTerritories.getState().leave, [one.id]);
  const own = me?.organisation.id ?? '';
  return (
    <Stack gap={8}>
      {!mayDraw(organisations, one, own) ? <Text size="sm">{t(one.id === own ? 'own' : 'leaf')}</Text> : task ? <Working one={one} task={task} /> : <Tasks one={one} />}
      {!task && <History one={one} />}
    </Stack>
  );
}

function Tasks({ one }: { one: Organisation }) {
  const { t } = useTranslation('territories');
  const simple = one.territory !== null && outlineOf(one.territory) !== null;
  const may: Record<Task, boolean> = { draw: true, edit: simple, split: one.territory !== null, merge: one.territory !== null };
  return (
    <>
      <Group gap={6} grow preventGrowOverflow={false}>
        {TASKS.map((task) => (
          <Button key={task} size="compact-sm" variant="default" disabled={!may[task]} onClick={() => useTerritories.getState().begin(task, one)} data-testid={`territory-${task}`}>
            {t(task)}
          </Button>
        ))}
      </Group>
      {one.territory !== null && !simple && (
        <Text size="xs" c="dimmed">
          {t('complex')}
        </Text>
      )}
    </>
  );
}

/** Each change is told to the server after a moment; only what fits can be stored. */
function Working({ one, task }: { one: Organisation; task: Task }) {
  const { t } = useTranslation('territories');
  const { preview, problem, busy, check, save, leave, neighbours, others, part } = useTerritories();
  const sketch = useSketch((state) => state.sketch);
  const [drawn] = useDebouncedValue(sketch, PAUSE_MS);
  const [said] = useDebouncedValue(part, PAUSE_MS);
  useEffect(() => void check(one), [drawn, neighbours, others, said, one, check]);
  useEffect(() => {
    if (sketch === null && task !== 'merge') leave(); // Escape on the map
  }, [sketch, task, leave]);
  const store = async () => (await save(one)) && notifications.show({ message: t('done', { name: one.name }), color: 'teal' });
  return (
    <>
      <Text size="xs" c="dimmed">
        {t(`${task}Hint`)}
      </Text>
      <Said one={one} task={task} />
      {problem && (
        <Alert color="red" p={6} role="alert" data-testid="territory-problem">
          {problem}
        </Alert>
      )}
      {preview && <Outcome preview={preview} />}
      <Group gap={6} justify="end">
        <Button size="compact-sm" variant="default" onClick={leave}>
          {t('cancel')}
        </Button>
        <Button size="compact-sm" loading={busy} disabled={preview === null || preview.faults.length > 0 || drawn !== sketch} onClick={() => void store()} data-testid="territory-save">
          {t('save')}
        </Button>
      </Group>
    </>
  );
}
