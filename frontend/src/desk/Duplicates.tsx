/** Open incidents of the same kind, near and recent: one click merges the report into one of them. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { momentOf } from '../format/moments';
import { useDesk } from './store';
import type { Incident } from './types';
import { useDeed } from './useDeed';

export function Duplicates({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  const asked = useAsked(() => api.duplicates(incident.id), [incident.id]);
  const act = useDesk((state) => state.do);
  const { busy, run } = useDeed();
  if (!asked.data?.length) return null;
  return (
    <Alert color="yellow" p={8} title={t('duplicates')} data-testid="duplicates">
      {asked.data.map((one) => (
        <Group key={one.id} justify="space-between" wrap="nowrap">
          <Text size="xs" truncate>
            {one.id} · {momentOf(one.reported_at)} · {one.description}
          </Text>
          <Button size="compact-xs" variant="default" loading={busy} onClick={() => void run(() => act(incident.id, 'merge', { into: one.id }))}>
            {t('deed_merge')}
          </Button>
        </Group>
      ))}
    </Alert>
  );
}
