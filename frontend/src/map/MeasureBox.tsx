/** How long the measured way is, and what it encloses. */
import { Card, CloseButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { area, distance } from '../format/units';
import { areaOf, lengthOf } from './sketch';
import { useSketch } from './sketching';

export function MeasureBox() {
  const { t } = useTranslation('map');
  const sketch = useSketch((state) => state.sketch);
  if (!sketch) return null;
  const length = distance(lengthOf(sketch.points, sketch.closed));
  return (
    <Card component="section" className="tool-box" withBorder shadow="md" p="xs" aria-label={t('measure')} data-testid="measure-box">
      <Group gap={12} wrap="nowrap">
        <Text size="sm" role="status">
          {t(sketch.closed ? 'around' : 'length')} <b data-testid="measure-length">{length}</b>
          {sketch.closed && (
            <>
              {' '}
              · {t('area')} <b data-testid="measure-area">{area(areaOf(sketch.points))}</b>
            </>
          )}
        </Text>
        {!sketch.done && (
          <Text size="xs" c="dimmed">
            {t('measureHint')}
          </Text>
        )}
        <CloseButton size="sm" aria-label={t('close')} onClick={() => useSketch.getState().cancel()} />
      </Group>
    </Card>
  );
}
