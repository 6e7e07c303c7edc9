/** An organisation of the caller's tree, found by typing. */
import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';

/** Options that are drawn at once; the rest is found by typing. */
const DRAWN = 60;

export function OrganisationChoice(props: Omit<SelectProps, 'data'>) {
  const { t } = useTranslation('service');
  const organisations = useStore((state) => state.organisations);
  const data = useMemo(() => organisations.map((one) => ({ value: one.id, label: one.code ? `${one.name} · ${one.code}` : one.name })), [organisations]);
  return <Select {...props} data={data} searchable limit={DRAWN} nothingFoundMessage={t('nothingFound')} clearButtonProps={{ 'aria-label': t('clear') }} />;
}
