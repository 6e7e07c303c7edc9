/** A visit: when, where, whom, words and photographs; and, if need be, the incident out of it. Kept at once, sent once. */
import { Button, SegmentedControl, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { SmallMap } from '../pages/Map';
import { Dim, Heading } from '../pages/parts';
import { Photos } from '../pages/Photos';
import { KindSelect, PlaceLine } from '../pages/ReportForm';
import { useDraft } from '../pages/useDraft';
import { goTo } from '../route';
import { outbox } from '../service';
import { useHandheld, usePlace } from '../store';
import type { Place } from '../types';
import { residents } from './ask';
import { draftsOf, type Known, localOf } from './entry';

export function EntryForm() {
  const { t } = useTranslation('diary');
  const own = usePlace();
  const accuracy = useHandheld((state) => state.fix?.accuracy ?? null);
  const [text, setText, forget] = useDraft('diary');
  const [at, setAt] = useState(() => localOf(new Date()));
  const [where, setWhere] = useState('');
  const [by, setBy] = useState<'mine' | 'map'>('mine');
  const [chosen, setChosen] = useState<Place | null>(null);
  const [whom, setWhom] = useState<string[]>([]);
  const [known, setKnown] = useState<Known[]>([]);
  const [kind, setKind] = useState('');
  const [photos, setPhotos] = useState<Blob[]>([]);
  const place = by === 'mine' ? own : chosen;

  function send(event: FormEvent): void {
    event.preventDefault();
    const visit = { text: text.trim(), at: new Date(at), place, where: where.trim(), whom, kind: place ? kind : '' };
    void outbox.add(...draftsOf(visit, known, photos, newKey));
    forget();
    goTo('diary');
  }

  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Heading back="diary">{t('newEntry')}</Heading>
        <Textarea label={t('text')} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={4} maxLength={4000} required data-testid="diary-text" />
        <TextInput type="datetime-local" label={t('when')} value={at} max={localOf(new Date())} onChange={(event) => setAt(event.currentTarget.value)} required />
        <Whom whom={whom} change={setWhom} known={known} learn={setKnown} />
        <TextInput label={t('where')} value={where} onChange={(event) => setWhere(event.currentTarget.value)} maxLength={200} data-testid="diary-where" />
        <Where by={by} change={setBy} />
        <SmallMap target={by === 'map' ? chosen : null} own={own} {...(by === 'map' ? { choose: setChosen } : {})} />
        <PlaceLine place={place} where={by} accuracy={accuracy} />
        <Photos photos={photos} change={setPhotos} />
        {place && <KindSelect isEmergency={false} value={kind} change={setKind} label={t('alsoReport')} none={t('noIncident')} />}
        <Button type="submit" size="lg" disabled={!text.trim() || !at} data-testid="diary-save">
          {t('save')}
        </Button>
        <Dim>{t('saved')}</Dim>
      </Stack>
    </form>
  );
}

function Where({ by, change }: { by: 'mine' | 'map'; change: (by: 'mine' | 'map') => void }) {
  const { t } = useTranslation('handheld');
  return <SegmentedControl fullWidth aria-label={t('place')} value={by} onChange={(next) => change(next as 'mine' | 'map')} data={[{ value: 'mine', label: t('myPlace') }, { value: 'map', label: t('onMap') }]} />;
}

const PAUSE_MS = 300;

/** Names, of the registry as far as it answers. */
function Whom({ whom, change, known, learn }: { whom: string[]; change: (whom: string[]) => void; known: readonly Known[]; learn: (known: Known[]) => void }) {
  const { t } = useTranslation('diary');
  const [part, setPart] = useState('');
  useEffect(() => {
    if (!part.trim()) return;
    const timer = window.setTimeout(() => {
      residents(part.trim()).then(
        (found) => learn([...known.filter((one) => whom.includes(one.label)), ...found.filter((one) => !whom.includes(one.label))]),
        () => undefined, // without a network names stay words
      );
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [part]);
  return (
    <TagsInput label={t('whom')} description={t('whomHint')} value={whom} onChange={change} searchValue={part} onSearchChange={setPart} data={[...new Set(known.map((one) => one.label))]} filter={({ options }) => options} maxTags={20} acceptValueOnBlur data-testid="diary-whom" />
  );
}
