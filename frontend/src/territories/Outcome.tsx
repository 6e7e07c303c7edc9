/** What would come of it: where it does not fit, who gives way, and what changes hands. */
import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { area } from '../format/units';
import { useStore } from '../state/store';
import { movedOf, type Preview } from './preview';
import type { Fault } from './types';

export function Outcome({ preview }: { preview: Preview }) {
  const { t } = useTranslation('territories');
  const moved = movedOf(preview.areas);
  const names = preview.areas.map((one) => one.name).join(', ');
  return (
    <div role="status" data-testid="territory-outcome" data-faults={preview.faults.length}>
      {preview.faults.length > 0 ? (
        <List size="xs" c="red">
          {preview.faults.map((one, n) => (
            <List.Item key={n}>
              <FaultText fault={one} />
            </List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm" c="teal">
          {t('fits')}
        </Text>
      )}
      {names && <Text size="xs">{t('givesWay', { names })}</Text>}
      {moved.length > 0 && (
        <Text size="xs" data-testid="territory-moved">
          {t('moves')}: {moved.map(({ what, count }) => t(what, { count })).join(', ')}
        </Text>
      )}
    </div>
  );
}

function FaultText({ fault }: { fault: Fault }) {
  const { t } = useTranslation('territories');
  const organisations = useStore((state) => state.organisations);
  const name = (id: string | null): string => organisations.find((one) => one.id === id)?.name ?? id ?? '';
  return t(fault.kind, { organisation: name(fault.organisation), other: name(fault.other), area: area(fault.square_metres) });
}
