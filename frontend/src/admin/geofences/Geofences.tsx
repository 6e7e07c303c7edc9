/** Watched areas: which crossings raise an alert, and for how long somebody must be across. They are drawn on the map. */
import { Badge, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { all } from '../../api/request';
import { useNames } from '../../state/names';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { checkOf, numberOf, textOf, useForm, valueOf } from '../../ui/form/useForm';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { close, pathToOne, useAt } from '../at';
import { Remove } from '../form/Remove';
import { sayDone } from '../saved';
import type { Geofence } from '../types';

const MiniMap = lazy(() => import('../organisations/MiniMap'));
const SECTION = 'geofences';
const ALERTS = ['none', 'enter', 'exit', 'both'];

export default function Geofences() {
  const { t } = useTranslation('admin');
  const { id } = useAt();
  const names = useNames();
  const [search, setSearch] = useState('');
  const asked = useAsked(() => all<Geofence>('/geofences'), []);
  const text = search.trim().toLowerCase();
  const rows = (asked.data ?? []).filter((one) => one.name.toLowerCase().includes(text) || names.of(one.organisation).toLowerCase().includes(text));
  const chosen = asked.data?.find((one) => one.id === id);
  const shut = close(SECTION);
  const columns: Column<Geofence>[] = [
    { name: 'name', title: t('name'), width: 'minmax(160px, 2fr)', cell: (row) => row.name },
    { name: 'organisation', title: t('organisation'), width: 'minmax(140px, 1.5fr)', cell: (row) => names.of(row.organisation) },
    { name: 'shape', title: t('shape'), width: '130px', cell: (row) => t(`shape_${row.kind}`), lesser: true },
    { name: 'alert', title: t('alertOn'), width: 'minmax(130px, 1fr)', cell: (row) => t(`alert_${row.alert}`) },
    { name: 'active', title: t('state'), width: '110px', cell: (row) => <Badge variant={row.active ? 'light' : 'outline'} color={row.active ? 'teal' : 'gray'}>{t(row.active ? 'active' : 'inactive')}</Badge> },
  ];
  return (
    <Section title={t('geofences')} hint={t('geofencesHint')} search={search} onSearch={setSearch} pane={chosen && <GeofencePane key={JSON.stringify(chosen)} geofence={chosen} onClose={shut} onDone={asked.again} />}>
      <RecordList label={t('geofences')} rows={rows} columns={columns} keyOf={(row) => row.id} to={(row) => pathToOne(SECTION, row.id)} selected={id ?? undefined} busy={asked.busy} problem={asked.problem} again={asked.again} empty={t(text ? 'nothingFound' : 'noGeofences')} hint={text ? undefined : t('noGeofencesHint')} />
    </Section>
  );
}

function GeofencePane({ geofence, onClose, onDone }: { geofence: Geofence; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('admin');
  const names = useNames();
  const { id, organisation, kind, geometry, radius_m, name, alert, dwell_s, active, version } = geofence;
  const form = useForm({ name, alert: alert as string | null, dwell_s: dwell_s as number | null, active });
  const send = () =>
    form.send(async () => {
      await api.putGeofence(id, { organisation, kind, geometry, radius_m, version, ...form.values, dwell_s: form.values.dwell_s ?? 0 });
      sayDone('saved');
      onDone();
    });
  return (
    <Pane kind={t('geofence')} title={name} onClose={onClose}>
      <div className="ui-pane-body">
        <Suspense fallback={<div className="admin-map" aria-busy />}>
          <MiniMap shape={geometry} radius={radius_m ?? 0} />
        </Suspense>
        <Text size="sm" c="dimmed">
          {names.of(organisation)} · {t(`shape_${kind}`)}
        </Text>
        <PaneForm form={form} onSend={send}>
          <Stack gap="sm">
            <TextInput label={t('name')} required {...textOf(form, 'name')} />
            <Select label={t('alertOn')} allowDeselect={false} data={ALERTS.map((value) => ({ value, label: t(`alert_${value}`) }))} {...valueOf(form, 'alert')} />
            <NumberInput label={t('dwell')} description={t('dwellHint')} min={0} suffix=" s" {...numberOf(form, 'dwell_s')} />
            <Switch label={t('active')} {...checkOf(form, 'active')} />
          </Stack>
        </PaneForm>
        <Remove label={t('removeGeofence')} hint={t('removeGeofenceHint')} work={() => api.removeGeofence(id, version)} onDone={() => (onDone(), onClose())} />
      </div>
    </Pane>
  );
}
