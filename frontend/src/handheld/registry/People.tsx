/** Who lives in a household, one card a person. */
import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nobody } from './household';
import { RELATIONS, type Resident } from './types';

const MOST = 30;

export function People({ people, change }: { people: Resident[]; change: (people: Resident[]) => void }) {
  const { t } = useTranslation('field');
  return (
    <Stack gap={8}>
      {people.map((one, n) => (
        <Person key={n} one={one} n={n + 1} alone={people.length === 1} change={(next) => change(people.flatMap((old, at) => (at !== n ? [old] : next ? [next] : [])))} />
      ))}
      {people.length < MOST && (
        <Button variant="default" leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => change([...people, nobody(people.length ? 'spouse' : 'head')])} data-testid="add-person">
          {t('addPerson')}
        </Button>
      )}
    </Stack>
  );
}

function Person({ one, n, alone, change }: { one: Resident; n: number; alone: boolean; change: (one: Resident | null) => void }) {
  const { t } = useTranslation('field');
  const text = (name: 'name' | 'birth_date' | 'telephone' | 'identity') => ({ value: one[name], onChange: (event: { currentTarget: { value: string } }) => change({ ...one, [name]: event.currentTarget.value }), 'data-testid': `person-${name}` });
  const choice = (name: 'relation' | 'gender' | 'residence', values: readonly string[]) => ({
    data: values.map((value) => ({ value, label: value && t(value as 'head') })), value: one[name], 'data-testid': `person-${name}`,
    onChange: (event: { currentTarget: { value: string } }) => change({ ...one, [name]: event.currentTarget.value } as Resident),
  });
  return (
    <section className="card" aria-label={t('person', { n })} data-testid="person">
      <Group justify="space-between">
        <Text fw={650}>{one.name || t('person', { n })}</Text>
        {!alone && (
          <ActionIcon variant="subtle" color="red" aria-label={t('removePerson', { name: one.name || n })} onClick={() => change(null)}>
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <TextInput label={t('name')} required maxLength={200} {...text('name')} />
      <Group grow mt={6}>
        <NativeSelect label={t('relation')} {...choice('relation', RELATIONS)} />
        <NativeSelect label={t('gender')} {...choice('gender', ['', 'female', 'male'])} />
      </Group>
      <Group grow mt={6}>
        <TextInput type="date" label={t('birth')} {...text('birth_date')} />
        <TextInput type="tel" inputMode="tel" label={t('telephone')} maxLength={40} {...text('telephone')} />
      </Group>
      <TextInput mt={6} label={t('identity')} maxLength={40} {...text('identity')} />
      <NativeSelect mt={6} label={t('residence')} {...choice('residence', ['registered', 'from_away', 'away'])} />
    </section>
  );
}
