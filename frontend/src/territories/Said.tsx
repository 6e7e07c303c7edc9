/** What has to be said besides what is drawn: who gives way, what the new part is called, who is merged. */
import { Checkbox, ScrollArea, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../api/types';
import { useStore } from '../state/store';
import { siblingsOf } from './preview';
import { useTerritories, type Task } from './store';

export function Said({ one, task }: { one: Organisation; task: Task }) {
  const { t } = useTranslation('territories');
  const { neighbours, part, change } = useTerritories();
  if (task === 'merge') return <Others one={one} />;
  if (task !== 'split') return <Switch size="sm" label={t('neighbours')} checked={neighbours} onChange={(event) => change({ neighbours: event.currentTarget.checked })} data-testid="territory-neighbours" />;
  return (
    <>
      <TextInput size="xs" label={t('newName')} required maxLength={200} value={part.name} onChange={(event) => change({ part: { ...part, name: event.currentTarget.value } })} data-testid="territory-name" />
      <TextInput size="xs" label={t('newId')} required maxLength={64} value={part.id} onChange={(event) => change({ part: { ...part, id: event.currentTarget.value } })} data-testid="territory-id" />
    </>
  );
}

function Others({ one }: { one: Organisation }) {
  const { t } = useTranslation('territories');
  const organisations = useStore((state) => state.organisations);
  const { others, change } = useTerritories();
  return (
    <ScrollArea.Autosize mah={200}>
      <Stack gap={4} role="group" aria-label={t('mergeHint')}>
        {siblingsOf(organisations, one).map(({ id, name }) => (
          <Checkbox key={id} size="xs" label={name} checked={others.includes(id)} onChange={(event) => change({ others: event.currentTarget.checked ? [...others, id] : others.filter((other) => other !== id) })} data-testid="territory-other" />
        ))}
      </Stack>
    </ScrollArea.Autosize>
  );
}
