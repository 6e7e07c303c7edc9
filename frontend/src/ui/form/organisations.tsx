/** Selects of organisations, from the page's tree. */
import { MultiSelect, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../api/types';
import { useStore } from '../../state/store';

/** Options that are drawn at once; the rest is found by typing. */
export const DRAWN = 60;

/** What every select takes. */
export interface Common {
  label: string;
  error?: string | undefined;
  description?: string;
  'data-testid'?: string;
}

/** What a select of one takes. */
export interface One extends Common {
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
  const { t } = useTranslation();
  const organisations = useStore((state) => state.organisations);
  const data = useMemo(() => (only ? organisations.filter(only) : organisations).map(labelled), [organisations, only]);
  return <Select {...rest} data={data} value={value} onChange={onChange} searchable limit={DRAWN} allowDeselect={false} nothingFoundMessage={t('noMatch')} comboboxProps={{ shadow: 'md' }} clearButtonProps={{ 'aria-label': t('clear') }} />;
}

const isGrid = (one: Organisation): boolean => one.level === 'grid';

export function GridsSelect({ value, onChange, ...rest }: Common & { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation();
  const organisations = useStore((state) => state.organisations);
  const data = useMemo(() => organisations.filter(isGrid).map(labelled), [organisations]);
  return <MultiSelect {...rest} data={data} value={value} onChange={onChange} searchable limit={DRAWN} hidePickedOptions nothingFoundMessage={t('noMatch')} />;
}
