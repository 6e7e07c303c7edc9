/** Selects of members, asked from the server as one types. */
import { MultiSelect, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DRAWN, type Common, type One } from '../../ui/form/organisations';
import * as api from '../api';

const PAUSE_MS = 200;

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
