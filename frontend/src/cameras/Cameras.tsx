/** Cameras near an incident, the nearest first; one opened shows its live picture, or where to see it. */
import './cameras.css';
import './words';
import { Anchor, Group, NativeSelect, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { distance } from '../format/units';
import type { Place } from '../geo/distance';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { type Camera, camerasNear, type Near, REACHES_M, showingOf } from './cameras';
import { Picture } from './Picture';
import { useCameras } from './store';

const NONE: readonly string[] = [];

export function Cameras({ place: { latitude, longitude } }: { place: Place }) {
  const { t } = useTranslation('cameras');
  const [reach, setReach] = useState<number>(REACHES_M[1]);
  const asked = useAsked(() => camerasNear({ latitude, longitude }, reach), [latitude, longitude, reach]);
  useEffect(() => useCameras.setState({ near: asked.data ?? [] }), [asked.data]);
  useEffect(() => () => useCameras.setState({ near: [], open: null }), []);
  return (
    <section className="cameras" aria-label={t('cameras')} data-testid="cameras">
      <Group justify="space-between" wrap="nowrap">
        <Text component="h3" fw={600} size="sm" m={0}>
          {t('cameras')} {asked.data?.length}
        </Text>
        <NativeSelect size="xs" aria-label={t('within')} value={reach} onChange={(event) => setReach(Number(event.currentTarget.value))} data={REACHES_M.map((one) => ({ value: String(one), label: `≤ ${distance(one)}` }))} />
      </Group>
      <Answered asked={asked}>{(found) => <Found cameras={found} reach={reach} />}</Answered>
    </section>
  );
}

function Found({ cameras, reach }: { cameras: readonly Near[]; reach: number }) {
  const { t } = useTranslation('cameras');
  const open = useCameras((state) => state.open);
  if (cameras.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('none', { distance: distance(reach) })}
      </Text>
    );
  return cameras.map((one) => (
    <div key={one.id}>
      <button type="button" className="camera" aria-expanded={open === one.id} onClick={() => useCameras.setState({ open: open === one.id ? null : one.id })} data-testid="camera">
        <IconCamera size={16} aria-hidden />
        <span className="grow">
          <b>{one.name}</b> <span className="dim">{one.address}</span>
        </span>
        <span className="dim">{distance(one.metres)}</span>
      </button>
      {open === one.id && <Shown camera={one} />}
    </div>
  ));
}

/** The picture where this page may show it, else a link, else why there is nothing to see. */
export function Shown({ camera }: { camera: Camera }) {
  const { t } = useTranslation('cameras');
  const allowed = useStore((state) => state.me?.links.cameras ?? NONE);
  const showing = showingOf(camera.stream, allowed, location.origin);
  if (showing === 'none' || camera.stream === null)
    return (
      <Text size="sm" c="dimmed" p={6}>
        {t('noStream')}
      </Text>
    );
  return (
    <>
      {showing !== 'link' && <Picture key={camera.id} name={camera.name} stream={camera.stream} still={showing === 'still'} />}
      <Anchor size="sm" href={camera.stream} target="_blank" rel="noreferrer noopener" data-testid="camera-link">
        {t('open')}
      </Anchor>
    </>
  );
}
