/** Geofences: the list, drawing a new one, and the form of the one that is drawn or changed. */
import { Alert, Button, Card, CloseButton, Group, NativeSelect, NumberInput, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircle, IconPolygon, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DISPATCHERS } from '../app/roles';
import { reasonOf } from '../api/request';
import { distance } from '../format/units';
import { useStore } from '../state/store';
import { VirtualRows } from '../panels/VirtualRows';
import { radiusOf } from './sketch';
import { useSketch, type FenceAlert, type FenceForm } from './sketching';
import { useTools } from './tools';

const ALERTS: readonly FenceAlert[] = ['none', 'enter', 'exit', 'both'];

export function GeofencePanel() {
  const { t } = useTranslation('map');
  const form = useSketch((state) => state.form);
  return (
    <Card component="section" className="tool-card" withBorder shadow="md" p="sm" aria-label={t('fences')} data-testid="geofence-panel">
      <Group justify="space-between" mb={8}>
        <Title order={2} size="h5">
          {t('fences')}
        </Title>
        <CloseButton
          size="sm" aria-label={t('close')}
          onClick={() => {
            useSketch.getState().cancel();
            useTools.getState().open(null);
          }}
        />
      </Group>
      {form ? <Form key={form.id ?? 'new'} form={form} /> : <List />}
    </Card>
  );
}

function List() {
  const { t } = useTranslation('map');
  const fences = useSketch((state) => state.fences);
  const writes = useStore((state) => DISPATCHERS.has(state.me?.role ?? ''));
  const home = useStore((state) => state.chosen()?.id ?? state.me?.organisation.id ?? '');
  const { begin, edit } = useSketch.getState();
  return (
    <Stack gap={8}>
      {writes && (
        <Group gap={8} grow>
          <Button size="compact-sm" variant="default" leftSection={<IconPolygon size={16} aria-hidden />} onClick={() => begin('polygon', home)} data-testid="draw-polygon">
            {t('newPolygon')}
          </Button>
          <Button size="compact-sm" variant="default" leftSection={<IconCircle size={16} aria-hidden />} onClick={() => begin('circle', home)} data-testid="draw-circle">
            {t('newCircle')}
          </Button>
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {t(fences.length ? 'fenceHint' : 'noFences')}
      </Text>
      {fences.length > 0 && (
        <div className="fence-list">
          <VirtualRows rows={fences} label={t('geofences')} role="list">
            {(one) => (
              <button type="button" className="row" onClick={() => edit(one)} data-testid="fence-row">
                <span className="grow">{one.name}</span>
                <span className="dim">{t(`alert_${one.alert}`)}</span>
              </button>
            )}
          </VirtualRows>
        </div>
      )}
    </Stack>
  );
}

function Form({ form }: { form: FenceForm }) {
  const { t } = useTranslation('map');
  const sketch = useSketch((state) => state.sketch);
  const organisations = useStore((state) => state.organisations);
  const writes = useStore((state) => DISPATCHERS.has(state.me?.role ?? ''));
  const { fill, cancel, save, erase } = useSketch.getState();
  const [problem, setProblem] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const act = async (deed: () => Promise<void>, said: string) => {
    setProblem(null);
    try {
      await deed();
      notifications.show({ message: said });
    } catch (error) {
      setProblem(reasonOf(error));
    }
  };
  return (
    <Stack gap={8} component="form" onSubmit={(event) => (event.preventDefault(), void act(save, t('saved')))}>
      {sketch === null ? (
        <Alert color="yellow" p={6}>
          {t('parts')}
        </Alert>
      ) : (
        <Text size="xs" c="dimmed" role="status" data-testid="fence-state" data-done={sketch.done}>
          {t(sketch.shape === 'circle' ? 'circleHint' : 'polygonHint')}
          {radiusOf(sketch) > 0 && sketch.shape === 'circle' && ` ${t('radius')} ${distance(radiusOf(sketch))}`}
        </Text>
      )}
      <TextInput size="xs" label={t('name')} required maxLength={200} value={form.name} onChange={(event) => fill({ name: event.currentTarget.value })} data-testid="fence-name" />
      <NativeSelect
        size="xs" label={t('organisation')} value={form.organisation} onChange={(event) => fill({ organisation: event.currentTarget.value })}
        data={organisations.filter((one) => one.level !== 'grid' || one.id === form.organisation).map((one) => ({ value: one.id, label: one.name }))}
      />
      <NumberInput size="xs" label={t('dwell')} min={0} max={86_400} value={form.dwell_s} onChange={(value) => fill({ dwell_s: Number(value) || 0 })} />
      <NativeSelect size="xs" label={t('alert')} value={form.alert} data={ALERTS.map((one) => ({ value: one, label: t(`alert_${one}`) }))} onChange={(event) => fill({ alert: event.currentTarget.value as FenceAlert })} data-testid="fence-alert" />
      <Switch label={t('active')} checked={form.active} onChange={(event) => fill({ active: event.currentTarget.checked })} />
      {problem && (
        <Alert color="red" p={6} role="alert">
          {problem}
        </Alert>
      )}
      <Group gap={6} justify="space-between">
        {form.id !== null && writes ? (
          <Button size="compact-sm" color="red" variant={sure ? 'filled' : 'default'} leftSection={<IconTrash size={14} aria-hidden />} onClick={() => (sure ? void act(erase, t('removed')) : setSure(true))} data-testid="fence-remove">
            {t(sure ? 'removeSure' : 'remove')}
          </Button>
        ) : (
          <span />
        )}
        <Group gap={6}>
          <Button size="compact-sm" variant="default" onClick={cancel}>
            {t('cancel')}
          </Button>
          {writes && (
            <Button size="compact-sm" type="submit" disabled={!sketch?.done || !form.name.trim()} data-testid="fence-save">
              {t('save')}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}
