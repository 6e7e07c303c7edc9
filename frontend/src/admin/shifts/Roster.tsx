/** Who is on a shift now, and until when; whether they are on duty as the registry has it. */
import { useTranslation } from 'react-i18next';
import { pathOf } from '../../app/route';
import { useNow } from '../../app/useNow';
import { momentOf } from '../../format/moments';
import type { Names } from '../../state/names';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { Duty } from '../members/Duty';
import type { OnDuty } from '../types';

const AGAIN_MS = 60_000;

export function Roster({ organisation, names }: { organisation: string | undefined; names: Names }) {
  const { t } = useTranslation('admin');
  const minute = Math.floor(useNow() / AGAIN_MS);
  const asked = useAsked(() => api.roster(organisation), [organisation, minute]);
  const columns: Column<OnDuty>[] = [
    { name: 'name', title: t('name'), width: 'minmax(150px, 2fr)', cell: (row) => row.name },
    { name: 'organisation', title: t('organisation'), width: 'minmax(140px, 2fr)', cell: (row) => names.of(row.organisation) },
    { name: 'shift', title: t('shift'), width: 'minmax(120px, 1fr)', cell: (row) => row.shift_name },
    { name: 'until', title: t('until'), width: '130px', cell: (row) => momentOf(row.ends_at) },
    { name: 'duty', title: t('duty'), width: '110px', cell: (row) => <Duty on={row.on_duty} /> },
  ];
  return <RecordList label={t('onShiftNow')} rows={asked.data ?? []} columns={columns} keyOf={(row) => `${row.shift} ${row.member}`} to={(row) => pathOf('admin', ['members', row.member])} busy={asked.busy && asked.data === null} problem={asked.problem} again={asked.again} empty={t('nobodyOnShift')} hint={t('nobodyOnShiftHint')} />;
}
