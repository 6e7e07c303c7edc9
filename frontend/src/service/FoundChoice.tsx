/** A resident or a member, found by part of the name, of the address, or by pinyin. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/request';
import { useAsked } from '../ui/useAsked';

interface Found {
  id: string;
  name: string;
  detail: string;
}

interface Props {
  label: string;
  required: boolean;
  among: 'people' | 'members';
  value: string | null;
  onChange: (id: string) => void;
  'data-testid': string;
}

const search = async (q: string, kinds: string): Promise<Found[]> => (q === '' ? [] : (await get<{ items: Found[] }>('/search', { q, kinds, limit: 20 })).items);

export function FoundChoice({ among, value, onChange, ...more }: Props) {
  const { t } = useTranslation('service');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const [q] = useDebouncedValue(text.trim().slice(0, 64), 250);
  const { data, problem } = useAsked(() => (q === chosen?.label ? Promise.resolve([]) : search(q, among)), [q, among]);
  const found = (data ?? []).map((one) => ({ value: one.id, label: one.detail ? `${one.name} · ${one.detail}` : one.name }));
  const options = chosen && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found;
  const choose = (id: string | null) => {
    setChosen(options.find((one) => one.value === id) ?? null);
    onChange(id ?? '');
  };
  return (
    <Select
      {...more} data={options} value={value} onChange={choose} searchable searchValue={text} onSearchChange={setText} filter={({ options: all }) => all} error={problem}
      placeholder={t(among === 'people' ? 'findPerson' : 'findMember')} nothingFoundMessage={q ? t('nothingFound') : t('typeToFind')} clearable={!more.required} clearButtonProps={{ 'aria-label': t('clear') }}
    />
  );
}
