/** What the marks mean: presence is shape as well as colour. */
import { Card, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ElementLegend } from '../map/ElementLegend';

export function Legend() {
  const { t } = useTranslation();
  return (
    <Card className="legend" p={8} withBorder>
      <Stack gap={4} fz={12}>
        {(['online', 'sent', 'on_scene', 'stale', 'silent', 'emergency'] as const).map((name) => (
          <span key={name} className="count">
            <i className={`mark ${name}`} aria-hidden /> {t(name)}
          </span>
        ))}
        <ElementLegend />
      </Stack>
    </Card>
  );
}
