/** Territories that overlap, leave gaps or lie beyond their parent's, the largest first; each leads to its organisation. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { area, degrees } from '../../format/units';
import { useNames } from '../../state/names';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { pathToOne } from '../at';
import type { TerritoryFault } from '../types';

const keyOf = (one: TerritoryFault): string => `${one.kind} ${one.organisation} ${one.other ?? ''} ${one.place.coordinates.join()}`;

export function Faults() {
  const { t } = useTranslation('admin');
  const names = useNames();
  const asked = useAsked(api.territoryFaults, []);
  const columns: Column<TerritoryFault>[] = [
    { name: 'kind', title: t('fault'), width: '150px', cell: (row) => <Badge variant="light" color={row.kind === 'gap' ? 'yellow' : 'red'}>{t(`fault_${row.kind}`)}</Badge> },
    { name: 'organisation', title: t('organisation'), width: 'minmax(150px, 2fr)', cell: (row) => names.of(row.organisation) },
    { name: 'other', title: t('faultWith'), width: 'minmax(150px, 2fr)', cell: (row) => (row.other === null ? '–' : names.of(row.other)) },
    { name: 'area', title: t('area'), width: '110px', cell: (row) => area(row.square_metres) },
    { name: 'place', title: t('place'), width: '170px', cell: ({ place }) => degrees(place.coordinates[1], place.coordinates[0]), lesser: true },
  ];
  return <RecordList label={t('faults')} rows={asked.data ?? []} columns={columns} keyOf={keyOf} to={(row) => pathToOne('organisations', row.organisation)} busy={asked.busy} problem={asked.problem} again={asked.again} empty={t('noFaults')} hint={t('noFaultsHint')} />;
}
