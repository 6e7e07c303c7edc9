/** Which layers the map shows; remembered by this browser. */
import { Card, CloseButton, Group, SegmentedControl, Stack, Switch, Text, Title } from '@mantine/core';
import { IconBorderOuter, IconCamera, IconFence, IconFlame, IconHexagons, IconLabel, IconMapPinStar, IconSatellite, IconTool, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';
import { FAR, LAYERS, useTools, type Far, type Layer } from './tools';

const ICONS: Record<Layer, typeof IconUsers> = {
  borders: IconBorderOuter, labels: IconLabel, members: IconUsers, density: IconHexagons, heat: IconFlame, geofences: IconFence, components: IconTool, places: IconMapPinStar, cameras: IconCamera, satellite: IconSatellite,
};

export function LayersPanel() {
  const { t } = useTranslation('map');
  const { layers, far } = useTools();
  const { toggle, setFar, open } = useTools.getState();
  const satellite = useStore((state) => Boolean(state.me?.links.satellite));
  return (
    <Card component="section" className="tool-card" withBorder shadow="md" p="sm" aria-label={t('layers')} data-testid="layers-panel">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t('layers')}
        </Title>
        <CloseButton size="sm" aria-label={t('close')} onClick={() => open(null)} />
      </Group>
      <Stack gap={8} mt={8}>
        {LAYERS.filter((one) => one !== 'satellite' || satellite).map((one) => {
          const Icon = ICONS[one];
          return (
            <Group key={one} gap={8} wrap="nowrap">
              <Icon size={18} aria-hidden />
              <Switch label={t(one)} checked={layers[one]} onChange={() => toggle(one)} data-testid={`layer-${one}`} />
            </Group>
          );
        })}
        <Text size="sm" mt={4}>
          {t('far')}
        </Text>
        <SegmentedControl size="xs" aria-label={t('far')} value={far} onChange={(value) => setFar(value as Far)} data={FAR.map((one) => ({ value: one, label: t(`far_${one}`) }))} />
      </Stack>
    </Card>
  );
}
