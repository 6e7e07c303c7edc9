/** The record that was clicked on the map: what it is, its picture if it is a camera, and the way to the whole of it. */
import { Anchor, Card, CloseButton, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Shown } from '../cameras/Cameras';
import { goTo } from '../app/route';
import { useDesk } from '../desk/store';
import { nameIn } from '../i18n';
import { COLOURS, sectionOf, type Mark } from './elements';
import { useElements } from './elements-store';

export function ElementCard({ mark }: { mark: Mark }) {
  const { t, i18n } = useTranslation('map');
  const kind = useDesk((state) => state.kinds.find((one) => one.code === mark.code));
  const path = `/registry/${sectionOf(mark)}/${encodeURIComponent(mark.id)}`;
  return (
    <Card component="section" className="tool-card" withBorder shadow="md" p="sm" aria-label={mark.name || mark.id} data-testid="element-card">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Title order={2} size="h5">
          {mark.name || mark.id}
        </Title>
        <CloseButton size="sm" aria-label={t('close')} onClick={() => useElements.setState({ chosen: null })} />
      </Group>
      <Group gap={6}>
        <i className="swatch" style={{ background: COLOURS[mark.layer][mark.what] }} aria-hidden />
        <Text size="sm">
          {kind ? `${nameIn(i18n.language, kind.name_en, kind.name_zh)} · ` : ''}
          {t(`what_${mark.what}`)}
          {mark.risk && ` · ${t(`risk_${mark.risk}`)}`}
        </Text>
      </Group>
      <Text size="sm" c="dimmed" mb={6}>
        {mark.address || mark.id}
      </Text>
      {mark.layer === 'cameras' && <Shown camera={mark} />}
      <Anchor size="sm" href={path} onClick={(event) => (event.preventDefault(), goTo(path))} data-testid="element-record">
        {t('record')}
      </Anchor>
    </Card>
  );
}
