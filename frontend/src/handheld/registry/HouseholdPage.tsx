/** Registering a household at its door: house, head and members, and what is asked about them; it is sent when it can be. */
import { ActionIcon, Alert, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { nameIn } from '../../i18n';
import { Dim, Heading } from '../pages/parts';
import { goTo } from '../route';
import { outbox } from '../service';
import { placeOf, useHandheld } from '../store';
import { Filling } from './Filling';
import { Home } from './HousePicker';
import { draftsOf, emptyHousehold, faultsOf } from './household';
import { People } from './People';
import type { Filled, Household } from './types';
import { useKept } from './useKept';
import './words';

export function HouseholdPage() {
  const { t } = useTranslation('field');
  const [household, keepIt, forget] = useKept<Household>('household', emptyHousehold);
  const [tried, setTried] = useState(false);
  if (!household) return null;
  const change = (part: Partial<Household>) => keepIt({ ...household, ...part });
  const faults = faultsOf(household);

  function register(): void {
    setTried(true);
    if (faults.length > 0 || !household) return;
    void outbox.add(...draftsOf(household, placeOf(useHandheld.getState()), new Date(), newKey));
    forget();
    goTo('registry');
  }

  return (
    <Stack gap="md">
      <Heading back="registry">{t('registerHousehold')}</Heading>
      <Home household={household} change={change} />
      <NativeSelect label={t('tenure')} data={(['unknown', 'owner', 'tenant', 'other'] as const).map((value) => ({ value, label: t(value) }))} value={household.tenure} onChange={(event) => change({ tenure: event.currentTarget.value as Household['tenure'] })} />
      <Title order={2} size="h5">
        {t('people')}
      </Title>
      <People people={household.people} change={(people) => change({ people })} />
      <Title order={2} size="h5">
        {t('forms')}
      </Title>
      <FilledList filled={household.filled} change={(filled) => change({ filled })} />
      {tried && faults.length > 0 && (
        <Alert color="red" role="alert" data-testid="household-faults">
          {faults.map((one) => (
            <div key={one}>{t(one as 'needHouse')}</div>
          ))}
        </Alert>
      )}
      <Button size="lg" onClick={register} data-testid="register">
        {t('register')}
      </Button>
      <Dim>{t('kept')}</Dim>
    </Stack>
  );
}

/** The forms that go with the household, and one more. */
function FilledList({ filled, change }: { filled: Filled[]; change: (filled: Filled[]) => void }) {
  const { t, i18n } = useTranslation('field');
  const forms = useHandheld((state) => state.forms).filter((one) => one.elements.includes('households') && one.fillers.includes('member'));
  const [code, setCode] = useState('');
  const form = forms.find((one) => one.code === code);
  const named = (one: { title_en: string; title_zh: string }) => nameIn(i18n.language, one.title_en, one.title_zh);
  return (
    <Stack gap={8}>
      {filled.map((one, n) => (
        <Group key={n} justify="space-between" className="card" data-testid="filled">
          <Text fw={650}>{one.title}</Text>
          <ActionIcon variant="subtle" color="red" aria-label={t('removeForm', { name: one.title })} onClick={() => change(filled.filter((_, at) => at !== n))}>
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <NativeSelect label={t('addForm')} data={[{ value: '', label: '' }, ...forms.map((one) => ({ value: one.code, label: named(one) }))]} value={code} onChange={(event) => setCode(event.currentTarget.value)} {...(forms.length ? {} : { error: t('noForms') })} data-testid="add-form" />
      {form && (
        <div className="card">
          <Filling key={form.id} form={form} button={t('keepForm')} onSend={(answers) => (change([...filled, { form: form.code, version: form.version, title: named(form), answers }]), setCode(''))} onCancel={() => setCode('')} />
        </div>
      )}
    </Stack>
  );
}
