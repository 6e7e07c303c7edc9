/** What is switched on the map itself: a column of buttons over its right foot. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBuildingSkyscraper } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';

export function MapTools() {
  const { t } = useTranslation();
  const buildings = useStore((state) => state.buildings);
  return (
    <div className="map-tools">
      <Tooltip label={t('buildings')} position="left">
        <ActionIcon size="lg" variant={buildings ? 'filled' : 'default'} aria-pressed={buildings} aria-label={t('buildings')} onClick={() => useStore.getState().setBuildings(!buildings)}>
          <IconBuildingSkyscraper size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
