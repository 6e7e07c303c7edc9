/** What the marks of the registry's layers mean, for those that are on; and which class of components is shown. */
import './words';
import { NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk/store';
import { COLOURS, ELEMENT_LAYERS, SHAPES } from './elements';
import { useElements } from './elements-store';
import { useTools } from './tools';

export function ElementLegend() {
  const { t } = useTranslation('map');
  const { layers } = useTools();
  const { more, problem } = useElements();
  return ELEMENT_LAYERS.filter((layer) => layers[layer]).map((layer) => (
    <Stack key={layer} gap={2} fz={12} data-testid={`legend-${layer}`}>
      <Text size="xs" fw={600}>
        {t(layer)}
      </Text>
      {layer === 'components' && <Classes />}
      {Object.entries(COLOURS[layer]).map(([what, colour]) => (
        <span key={what} className="count">
          <i className={`swatch ${SHAPES[layer]}`} style={{ background: colour }} aria-hidden /> {t(`what_${what}`)}
        </span>
      ))}
      {more.has(layer) && <Text size="xs">{t('moreInView')}</Text>}
      {problem && (
        <Text size="xs" c="red">
          {problem}
        </Text>
      )}
    </Stack>
  ));
}

function Classes() {
  const { t } = useTranslation('map');
  const kinds = useDesk((state) => state.kinds);
  const chosen = useElements((state) => state.class);
  const classes = [...new Set(kinds.filter((one) => one.category === 'component').map((one) => one.class))];
  return <NativeSelect size="xs" aria-label={t('class')} value={chosen ?? ''} onChange={(event) => useElements.setState({ class: event.currentTarget.value || null })} data={[{ value: '', label: t('everyClass') }, ...classes.map((value) => ({ value, label: t(`class_${value}`, { defaultValue: value }) }))]} data-testid="component-class" />;
}
