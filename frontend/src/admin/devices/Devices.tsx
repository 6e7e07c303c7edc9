/** The terminals, searched on the server; those that knocked and are not registered stand in a list of their own. */
import { Badge, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { useNames } from '../../state/names';
import { useStore } from '../../state/store';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { usePages } from '../../ui/list/usePages';
import { close, pathToNew, pathToOne, setFilter, useAt } from '../at';
import type { Device } from '../types';
import { AddDevice } from './AddDevice';
import { DevicePane } from './DevicePane';
import { Strangers } from './Strangers';

const SECTION = 'devices';

export default function Devices() {
  const { t } = useTranslation('admin');
  const { id, adding, query } = useAt();
  const whole = useStore((state) => state.me?.organisation.key === 1);
  const [text, setText] = useState('');
  /** The token of the device just made, as long as its pane is open. */
  const [made, setMade] = useState<{ device: string; token: string } | null>(null);
  const show = query.show ?? 'used';
  const pages = usePages<Device>('/devices', { text: text || undefined, ...(show === 'retired' ? { retired: true } : { retired: false }) });
  const shut = () => (setMade(null), close(SECTION)());
  const done = (token: { device: string; token: string }) => {
    setMade(token);
    pages.again();
    goTo(pathToOne(SECTION, token.device));
  };
  return (
    <Section
      title={t('devices')}
      hint={t('devicesHint')}
      search={text}
      {...(show === 'unknown' ? {} : { onSearch: setText })}
      filters={
        <SegmentedControl size="sm" value={show} onChange={(value) => setFilter(SECTION, 'show', value === 'used' ? null : value)} aria-label={t('show')} data={(whole ? ['used', 'retired', 'unknown'] : ['used', 'retired']).map((value) => ({ value, label: t(`devices_${value}`) }))} />
      }
      add={{ to: pathToNew(SECTION), label: t('addDevice') }}
      pane={
        adding ? (
          <AddDevice key={JSON.stringify(query)} member={query.member ?? null} stranger={null} onClose={shut} onDone={done} />
        ) : id !== null && show === 'unknown' ? (
          <AddDevice key={id} member={null} stranger={id} onClose={shut} onDone={(token) => (setFilter(SECTION, 'show', null), done(token))} />
        ) : (
          id !== null && <DevicePane key={id} id={id} token={made?.device === id ? made.token : null} onToken={setMade} onClose={shut} onChanged={pages.again} />
        )
      }
    >
      {show === 'unknown' ? <Strangers /> : <List pages={pages} selected={id ?? undefined} searched={text !== ''} />}
    </Section>
  );
}

function List({ pages, selected, searched }: { pages: ReturnType<typeof usePages<Device>>; selected: string | undefined; searched: boolean }) {
  const { t } = useTranslation('admin');
  const names = useNames();
  const columns: Column<Device>[] = [
    { name: 'device', title: t('device'), width: 'minmax(150px, 2fr)', cell: (row) => row.device },
    { name: 'member', title: t('carriedBy'), width: 'minmax(110px, 1.5fr)', cell: (row) => row.member_name ?? '–' },
    { name: 'organisation', title: t('organisation'), width: 'minmax(130px, 2fr)', cell: (row) => names.of(row.organisation), lesser: true },
    { name: 'token', title: t('token'), width: '170px', cell: (row) => <TokenState device={row} /> },
    { name: 'dialect', title: t('dialect'), width: '120px', cell: (row) => t(`dialect_${row.dialect || 'usual'}`), lesser: true },
  ];
  return <RecordList label={t('devices')} rows={pages.rows} columns={columns} keyOf={(row) => row.device} to={(row) => pathToOne(SECTION, row.device)} selected={selected} busy={pages.busy} problem={pages.problem} again={pages.again} more={pages.more} empty={t(searched ? 'nothingFound' : 'noDevices')} hint={searched ? undefined : t('noDevicesHint')} />;
}

function TokenState({ device }: { device: Device }) {
  const { t } = useTranslation('admin');
  return (
    <Group gap={4} wrap="nowrap">
      <Badge variant={device.require_token ? 'light' : 'outline'} color={device.has_token ? 'teal' : 'gray'}>
        {t(!device.has_token ? 'noToken' : device.require_token ? 'tokenWanted' : 'hasToken')}
      </Badge>
    </Group>
  );
}
