/** The input of a field, by its kind. */
import { ActionIcon, Button, Group, MultiSelect, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconEraser, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, type Page } from '../api/request';
import { useGroupName, useGroups } from '../state/groups';
import { numberOf, textOf, valueOf, type Form } from '../ui/form/useForm';
import { useComponents } from './components';
import type { ElementName, Field } from './elements';
import type { Values } from './record';
import type { RecordOf } from './types';

interface Props {
  field: Field;
  form: Form<Values>;
  /** Of a sealed number: how it is shown now. */
  masked?: string | null | undefined;
}

export function FieldInput({ field, form, masked }: Props) {
  const { t } = useTranslation('registry');
  const { name, kind, options } = field;
  const label = t(`f_${name}`);
  const common = { label, required: field.required ?? false };
  if (kind === 'area') return <Textarea {...common} autosize minRows={2} {...textOf(form, name, null)} />;
  if (kind === 'number') return <NumberInput {...common} hideControls {...numberOf(form, name)} />;
  if (kind === 'date') return <TextInput {...common} type="date" {...textOf(form, name, null)} />;
  if (kind === 'choice') {
    const data = options!.map((one) => ({ value: one, label: t(`o_${one}`) }));
    return <Select {...common} data={data} allowDeselect={false} clearable={field.first === undefined} clearButtonProps={{ 'aria-label': t('clear') }} {...(valueOf(form, name) as SelectProps)} />;
  }
  if (kind === 'groups') return <Groups label={label} name={name} form={form} />;
  if (kind === 'component') return <ComponentSelect label={label} name={name} form={form} />;
  if (kind === 'sealed') return <Sealed label={label} name={name} form={form} masked={masked} />;
  if (kind === 'record') return <RecordSelect label={label} required={common.required} element={field.of!} {...(valueOf(form, name) as SelectProps)} />;
  if (kind === 'entrances') return <Entrances label={label} name={name} form={form} />;
  return <TextInput {...common} {...textOf(form, name, null)} />;
}

type SelectProps = { value: string | null; error: string | undefined; onChange: (value: string | null) => void; 'data-testid': string };
type Part = { label: string; name: string; form: Form<Values> };

function Groups({ label, name, form }: Part) {
  const { t } = useTranslation('registry');
  const groups = useGroups((state) => state.groups);
  const nameOf = useGroupName();
  return <MultiSelect label={label} searchable hidePickedOptions nothingFoundMessage={t('nothingFound')} data={groups.map(({ code }) => ({ value: code, label: nameOf(code) }))} {...(valueOf(form, name) as { value: string[]; error: string | undefined; onChange: (value: string[]) => void })} />;
}

function ComponentSelect({ label, name, form }: Part) {
  const { t } = useTranslation('registry');
  return <Select label={label} description={t('componentHint')} required searchable data={useComponents().options} allowDeselect={false} nothingFoundMessage={t('nothingFound')} {...(valueOf(form, name) as SelectProps)} />;
}

/** Empty: unchanged. The eraser takes the number away. */
function Sealed({ label, name, form, masked }: Part & { masked: string | null | undefined }) {
  const { t } = useTranslation('registry');
  const gone = form.values[name] === null;
  const erase = masked && (
    <ActionIcon variant={gone ? 'filled' : 'subtle'} color="gray" aria-label={t('erase')} aria-pressed={gone} onClick={() => form.set(name, gone ? '' : null)}>
      <IconEraser size={16} aria-hidden />
    </ActionIcon>
  );
  return <TextInput label={label} description={masked ? t(gone ? 'willErase' : 'sealedHint') : undefined} placeholder={masked ?? ''} autoComplete="off" rightSection={erase} {...textOf(form, name)} />;
}

const PAUSE_MS = 200;
const MOST = 20;

/** How a record is told in a list of choices. */
const labelOf = (row: RecordOf): string => [row.name ?? row.head, row.address, row.number, row.id].filter((part) => typeof part === 'string' && part !== '').join(' · ');

/** Another record, found by a part of its name, address or id. */
function RecordSelect({ element, value, onChange, error, label, required, ...rest }: SelectProps & { element: ElementName; label: string; required: boolean }) {
  const { t } = useTranslation('registry');
  const [typed, setTyped] = useState('');
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = typed || value || '';
  useEffect(() => {
    const gone = new AbortController();
    const timer = window.setTimeout(() => {
      get<Page<RecordOf>>(`/registry/${element}`, { q: asked || undefined, limit: MOST }, gone.signal).then(({ items }) => setKnown((old) => new Map([...(value && old.has(value) ? [[value, old.get(value)!] as const] : []), ...items.map((one) => [one.id, labelOf(one)] as const)])), () => undefined);
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      gone.abort();
    };
  }, [asked, element, value]);
  const data = [...new Map([...(value && !known.has(value) ? [[value, value] as const] : []), ...known])].map(([id, text]) => ({ value: id, label: text }));
  const shown = data.find((one) => one.value === value)?.label;
  return (
    <Select
      label={label} required={required} error={error} data={data} value={value} onChange={onChange} searchable clearable={!required} onSearchChange={(text) => setTyped(text === shown ? '' : text)} filter={({ options }) => options}
      placeholder={t('typePart')} nothingFoundMessage={t('nothingFound')} clearButtonProps={{ 'aria-label': t('clear') }} {...rest}
    />
  );
}

interface Entrance {
  number: number;
  name: string;
}

function Entrances({ label, name, form }: Part) {
  const { t } = useTranslation('registry');
  const all = (form.values[name] as Entrance[]) ?? [];
  const put = (change: Entrance[]) => form.set(name, change);
  const next = Math.max(0, ...all.map((one) => one.number)) + 1;
  return (
    <fieldset className="ui-plain" aria-label={label}>
      <Text component="legend" size="sm" fw={500}>{label}</Text>
      <Stack gap={6}>
        {all.map((one, n) => (
          <Group key={one.number} gap={8} wrap="nowrap">
            <Text size="sm" w={30} ta="end">{one.number}</Text>
            <TextInput size="xs" flex={1} aria-label={t('entranceName', { number: one.number })} placeholder={t('f_name')} value={one.name ?? ''} onChange={(event) => put(all.map((other, m) => (m === n ? { ...other, name: event.currentTarget.value } : other)))} />
            <ActionIcon variant="subtle" color="gray" aria-label={t('removeEntrance', { number: one.number })} onClick={() => put(all.filter((_, m) => m !== n))}><IconTrash size={16} aria-hidden /></ActionIcon>
          </Group>
        ))}
        <Button size="compact-xs" variant="default" style={{ alignSelf: 'start' }} onClick={() => put([...all, { number: next, name: '' }])}>{t('addEntrance')}</Button>
        {form.told.fields[name] && <Text size="xs" c="red">{form.told.fields[name]}</Text>}
      </Stack>
    </fieldset>
  );
}
