/** A short form made of a list of fields; what is typed are texts, which the sender turns into what the server wants. */
import { Button, Checkbox, Group, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { kinds } from '../desk/api';
import { nameIn } from '../i18n';
import { useAsked } from '../ui/useAsked';
import { FoundChoice } from './FoundChoice';
import { OrganisationChoice } from './OrganisationChoice';
import { isReady, type Field, type Values } from './fields';

interface Props {
  fields: readonly Field[];
  hint?: string;
  action: string;
  busy: boolean;
  danger?: boolean;
  onSend: (values: Values) => void;
  onCancel?: () => void;
  onChange?: (values: Values) => void;
}

export function Form({ fields, hint, action, busy, danger = false, onSend, onCancel, onChange }: Props) {
  const { t } = useTranslation('service');
  const [values, setValues] = useState<Values>(() => Object.fromEntries(fields.map((one) => [one.name, one.start ?? ''])));
  const ready = isReady(fields, values);
  const set = (name: string, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    onChange?.(next);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSend(values);
  };
  return (
    <form onSubmit={send} className="service-form" data-testid="deed-form">
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      {fields.map((field) => (
        <Input key={field.name} field={field} value={values[field.name] ?? ''} set={(value) => set(field.name, value)} />
      ))}
      <Group gap={8} mt={4}>
        <Button type="submit" size="xs" loading={busy} disabled={!ready} {...(danger ? { color: 'red' } : {})} data-testid="deed-send">
          {action}
        </Button>
        {onCancel && (
          <Button size="xs" variant="subtle" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
    </form>
  );
}

function Input({ field, value, set }: { field: Field; value: string; set: (value: string) => void }) {
  const { t } = useTranslation('service');
  const common = { label: field.label, required: field.required ?? false, 'data-testid': `field-${field.name}`, ...(field.hint === undefined ? {} : { description: field.hint }) };
  switch (field.kind) {
    case 'text':
      return <Textarea {...common} autosize minRows={3} maxRows={8} maxLength={2_000} value={value} onChange={(event) => set(event.currentTarget.value)} />;
    case 'choice':
      return <Select {...common} data={[...(field.data ?? [])]} value={value || null} onChange={(chosen) => set(chosen ?? '')} searchable clearable={!field.required} limit={100} nothingFoundMessage={t('nothingFound')} clearButtonProps={{ 'aria-label': t('clear') }} />;
    case 'found':
      return <FoundChoice {...common} among={field.among ?? 'people'} value={value || null} onChange={set} />;
    case 'organisation':
      return <OrganisationChoice {...common} value={value || null} onChange={(chosen) => set(chosen ?? '')} clearable={!field.required} />;
    case 'incident-kind':
      return <KindChoice {...common} value={value || null} onChange={(chosen) => set(chosen ?? '')} />;
    case 'number':
      return <NumberInput {...common} min={field.least ?? 1} max={1_000_000} allowDecimal={false} value={value === '' ? '' : Number(value)} onChange={(number) => set(String(number))} />;
    case 'check':
      return <Checkbox label={field.label} data-testid={common['data-testid']} checked={value === 'yes'} onChange={(event) => set(event.currentTarget.checked ? 'yes' : '')} />;
    default:
      return <TextInput {...common} type={field.kind === 'line' ? 'text' : field.kind} maxLength={field.most ?? 200} value={value} onChange={(event) => set(event.currentTarget.value)} error={field.fault?.(value)} />;
  }
}

/** A kind of the catalogue of incidents. */
export function KindChoice({ value, onChange, label, ...more }: { value: string | null; onChange: (code: string | null) => void; label: string; 'data-testid': string }) {
  const { t, i18n } = useTranslation('service');
  const known = useAsked(kinds, []);
  const data = (known.data ?? []).map((one) => ({ value: one.code, label: nameIn(i18n.language, one.name_en, one.name_zh) }));
  return <Select {...more} label={label} required data={data} value={value} onChange={onChange} searchable limit={100} error={known.problem} nothingFoundMessage={t('nothingFound')} />;
}
