/** Devices that knocked and are not registered, the latest first: choose one to take it in. */
import { useTranslation } from 'react-i18next';
import { useNow } from '../../app/useNow';
import { age } from '../../format/units';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { pathToOne, useAt } from '../at';
import type { Stranger } from '../types';

export function Strangers() {
  const { t } = useTranslation('admin');
  const { id } = useAt();
  const now = useNow();
  const asked = useAsked(api.strangers, []);
  const columns: Column<Stranger>[] = [
    { name: 'device', title: t('device'), width: 'minmax(150px, 2fr)', cell: (row) => row.device },
    { name: 'protocol', title: t('protocol'), width: '130px', cell: (row) => row.protocol },
    { name: 'address', title: t('address'), width: 'minmax(140px, 1fr)', cell: (row) => row.address, lesser: true },
    { name: 'last', title: t('lastSeen'), width: '120px', cell: (row) => age(now - Date.parse(row.last_seen)) },
    { name: 'attempts', title: t('attempts'), width: '100px', cell: (row) => row.attempts, lesser: true },
  ];
  return <RecordList label={t('devices_unknown')} rows={asked.data ?? []} columns={columns} keyOf={(row) => row.device} to={(row) => pathToOne('devices', row.device)} selected={id ?? undefined} busy={asked.busy} problem={asked.problem} again={asked.again} empty={t('noStrangers')} hint={t('noStrangersHint')} />;
}
