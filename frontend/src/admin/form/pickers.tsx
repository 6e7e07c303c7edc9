/** Selects of organisations (from the page's tree) and of members (asked from the server as one types). */
import { MultiSelect, Select } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../api/types';
import { useStore } from '../../state/store';
import * as api from '../api';

/** Options that are drawn at once; the rest is found by typing. */
const DRAWN = 60;
const PAUSE_MS = 200;

interface Common {
  label: string;
  error?: string | undefined;
  description?: string;
  'data-testid'?: string;
}

interface One extends Common {
  'aria-label'?: string;
  placeholder?: string;
  value: string | null;
  onChange: (value: string | null) => void;
  clearable?: boolean;
  required?: boolean;
  disabled?: boolean;
}

const labelled = (one: Organisation) => ({ value: one.id, label: one.code ? `${one.name} · ${one.code}` : one.name });

export function OrganisationSelect({ value, onChange, only, ...rest }: One & { only?: (one: Organisation) => boolean }) {
  const { t } = useTranslation('admin');
  const organisations = useStore((state) => state.organisations);
  const data = useMemo(() => (only ? organisations.filter(only) : organisations).map(labelled), [organisations, only]);
  return <Select {...rest} data={data} value={value} onChange={onChange} searchable limit={DRAWN} allowDeselect={false} nothingFoundMessage={t('nothingFound')} comboboxProps={{ shadow: 'md' }} clearButtonProps={{ 'aria-label': t('clear') }} />;
}

const isGrid = (one: Organisation): boolean => one.level === 'grid';

export function GridsSelect({ value, onChange, ...rest }: Common & { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation('admin');
  const organisations = useStore((state) => state.organisations);
  const data = useMemo(() => organisations.filter(isGrid).map(labelled), [organisations]);
  return <MultiSelect {...rest} data={data} value={value} onChange={onChange} searchable limit={DRAWN} hidePickedOptions nothingFoundMessage={t('nothingFound')} />;
}

interface Option {
  value: string;
  label: string;
}

/** Members whose name holds what is typed, and those that are chosen already. */
function useMembers(chosen: readonly string[], typed: string): Option[] {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const [found, setFound] = useState<readonly string[]>([]);
  const note = (all: readonly { id: string; name: string }[]) => setKnown((old) => new Map([...old, ...all.map((one): [string, string] => [one.id, one.name])]));
  useEffect(() => {
    let stopped = false;
    const timer = window.setTimeout(() => {
      api.membersNamed(typed).then((all) => stopped || (note(all), setFound(all.map((one) => one.id))), () => undefined);
    }, PAUSE_MS);
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [typed]);
  useEffect(() => {
    const missing = chosen.filter((id) => !known.has(id)).slice(0, DRAWN);
    if (!missing.length) return;
    void Promise.all(missing.map((id) => api.member(id).catch(() => ({ id, name: id })))).then(note);
  }, [chosen.join('\n')]);
  return [...new Set([...found, ...chosen])].map((id) => ({ value: id, label: known.get(id) === undefined || known.get(id) === id ? id : `${known.get(id)} · ${id}` }));
}

const everything = ({ options }: { options: never[] }) => options;

export function MemberSelect({ value, onChange, ...rest }: One) {
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState('');
  const data = useMembers(value === null ? [] : [value], typed);
  const label = data.find((one) => one.value === value)?.label;
  return (
    <Select
      {...rest}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      onSearchChange={(text) => setTyped(text === label ? '' : text)}
      filter={everything as never}
      nothingFoundMessage={t('nothingFound')}
      placeholder={t('typeName')}
      clearButtonProps={{ 'aria-label': t('clear') }}
    />
  );
}

export function MembersSelect({ value, onChange, ...rest }: Common & { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState('');
  const data = useMembers(value, typed);
  return <MultiSelect {...rest} data={data} value={value} onChange={onChange} searchable searchValue={typed} onSearchChange={setTyped} filter={everything as never} hidePickedOptions nothingFoundMessage={t('nothingFound')} placeholder={t('typeName')} />;
}
