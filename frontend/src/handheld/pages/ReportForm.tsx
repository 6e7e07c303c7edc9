/** An incident, or an emergency: kind, place, words, photographs. It is kept at once and sent as soon as it can be. */
import { Alert, Button, NativeSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { type Draft, MADE } from '../outbox/outbox';
import { newKey } from '../../api/key';
import { goTo } from '../route';
import { outbox } from '../service';
import { useHandheld, usePlace } from '../store';
import type { Kind, Place } from '../types';
import { SmallMap } from './Map';
import { Dim, Heading } from './parts';
import { Photos } from './Photos';
import { useDraft } from './useDraft';

const EMERGENCY = 1;
type Where = 'mine' | 'map';

export function ReportForm({ isEmergency = false }: { isEmergency?: boolean }) {
  const { t } = useTranslation('handheld');
  const own = usePlace();
  const accuracy = useHandheld((state) => state.fix?.accuracy ?? null);
  const [kind, setKind] = useState('');
  const [where, setWhere] = useState<Where>('mine');
  const [chosen, setChosen] = useState<Place | null>(null);
  const [text, setText, forget] = useDraft(isEmergency ? 'emergency' : 'incident');
  const [photos, setPhotos] = useState<Blob[]>([]);
  const place = where === 'mine' ? own : chosen;

  function send(event: FormEvent): void {
    event.preventDefault();
    if (!place || !kind) return;
    const body = { kind, description: text.trim(), source: 'member', ...place, ...(isEmergency ? { priority: EMERGENCY } : {}) };
    void outbox.add(...draftsOf(body, photos));
    forget();
    goTo('report');
  }

  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Heading back="report">{t(isEmergency ? 'emergencyReport' : 'reportIncident')}</Heading>
        {isEmergency && <Alert color="red">{t('emergencyHint')}</Alert>}
        <KindSelect isEmergency={isEmergency} value={kind} change={setKind} />
        <Textarea label={t('description')} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={3} maxLength={4000} required data-testid="description" />
        <SegmentedControl fullWidth aria-label={t('place')} value={where} onChange={(next) => setWhere(next as Where)} data={[{ value: 'mine', label: t('myPlace') }, { value: 'map', label: t('onMap') }]} />
        <SmallMap target={where === 'map' ? chosen : null} own={own} {...(where === 'map' ? { choose: setChosen } : {})} />
        <PlaceLine place={place} where={where} accuracy={accuracy} />
        <Photos photos={photos} change={setPhotos} />
        <Button type="submit" size="lg" {...(isEmergency ? { color: 'red.9' } : {})} disabled={!place || !kind || !text.trim()} data-testid="send-report">
          {t(isEmergency ? 'sendEmergency' : 'sendReport')}
        </Button>
        <Dim>{t('reported')}</Dim>
      </Stack>
    </form>
  );
}

/** The report, and its photographs, which wait for the incident that it makes. */
function draftsOf(body: Record<string, unknown>, photos: readonly Blob[]): (Draft & { key: string })[] {
  const key = newKey();
  const about = String(body.description).slice(0, 80);
  return [
    { key, doing: 'report', path: '/incidents', body, about },
    ...photos.map((file, n) => ({ key: newKey(), doing: 'photo' as const, path: `/incidents/${MADE}/files?name=report-${n + 1}.jpg`, file, about, needs: key })),
  ];
}

export function PlaceLine({ place, where, accuracy }: { place: Place | null; where: Where; accuracy: number | null }) {
  const { t } = useTranslation('handheld');
  if (!place) return <Text size="sm" role="status">{t(where === 'mine' ? 'placeUnknown' : 'tapMap')}</Text>;
  return (
    <Dim>
      <span data-testid="place">
        {place.latitude.toFixed(5)}, {place.longitude.toFixed(5)}
        {where === 'mine' && accuracy !== null && ` ±${Math.round(accuracy)} m`}
      </span>
    </Dim>
  );
}

/** The cached catalogue, in the groups of the standard; for an emergency its own kinds first. */
export function KindSelect({ isEmergency, value, change, label, none }: { isEmergency: boolean; value: string; change: (code: string) => void; label?: string; none?: string }) {
  const { t, i18n } = useTranslation('handheld');
  const kinds = useHandheld((state) => state.kinds);
  const item = (kind: Kind) => ({ value: kind.code, label: nameIn(i18n.language, kind.name_en, kind.name_zh) });
  const urgent = kinds.filter((kind) => kind.priority === EMERGENCY);
  const groups = new Map<string, Kind[]>();
  for (const kind of kinds) {
    const group = `${t(kind.category)} · ${kind.class}`;
    groups.set(group, [...(groups.get(group) ?? []), kind]);
  }
  const data = [
    { value: '', label: none ?? t('chooseKind') },
    ...(isEmergency && urgent.length ? [{ group: t('priority_1'), items: urgent.map(item) }] : []),
    ...[...groups].map(([group, members]) => ({ group, items: members.filter((kind) => !isEmergency || kind.priority !== EMERGENCY).map(item) })).filter((one) => one.items.length),
  ];
  return <NativeSelect label={label ?? t('kind')} data={data} value={value} onChange={(event) => change(event.currentTarget.value)} required={none === undefined} {...(kinds.length ? {} : { error: t('noKinds') })} data-testid="kind" />;
}
