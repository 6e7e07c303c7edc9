/** What may be done to a request in its state: one click, or a form that says what will happen. */
import { Button, Group, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { useDeed } from '../desk/useDeed';
import '../desk/words';
import { degrees } from '../format/units';
import { useStore } from '../state/store';
import * as api from './api';
import { KindChoice } from './Form';
import { OrganisationChoice } from './OrganisationChoice';
import { hasEnded, placeOf, type Deed } from './state';
import type { RequestDetail } from './types';

interface Props {
  request: RequestDetail;
  allowed: readonly Deed[];
  onChange: () => void;
}

/** Deeds with a form: what is told above it, and what its button says. */
const FORMS = {
  message: ['messageHint', 'doSend'], answer: ['answerHint', 'doAnswer'], forward: ['forwardHint', 'doForward'],
  'send-on': ['sendOnHint', 'doSendOn'], reject: ['rejectHint', 'doReject'], 'follow-up': ['followUpHint', 'doFollowUp'],
} as const;
type FormDeed = keyof typeof FORMS;
const SCORES = [5, 4, 3, 2, 1] as const;

export function Deeds({ request, allowed, onChange }: Props) {
  const { t } = useTranslation('service');
  const [chosen, setChosen] = useState<FormDeed | null>(null);
  const { busy, run } = useDeed();
  const done = (deed: Deed) => t(`done_${deed}`, { id: request.id });
  /** True when it was done. Who was faster is shown either way. */
  const act = async (deed: Deed, work: () => Promise<unknown>): Promise<boolean> => {
    const was = await run(work, done(deed));
    if (was) setChosen(null);
    onChange();
    return was;
  };
  return (
    <section className="service-foot" aria-label={t('deeds')}>
      <Group gap={8}>
        {allowed.map((deed) =>
          deed === 'take' ? (
            <Button key={deed} size="xs" loading={busy} onClick={() => void act('take', () => api.take(request.id, request.version))} data-testid="request-take">
              {t(hasEnded(request.state) || request.state === 'forwarded' ? 'takeAgain' : 'take')}
            </Button>
          ) : (
            <Button key={deed} size="xs" variant={chosen === deed ? 'light' : 'default'} color={deed === 'reject' ? 'red' : undefined} aria-expanded={chosen === deed} onClick={() => setChosen(chosen === deed ? null : deed)} data-testid={`request-${deed}`}>
              {t(deed)}
            </Button>
          ),
        )}
      </Group>
      {chosen !== null && allowed.includes(chosen) && <DeedForm key={chosen} deed={chosen} request={request} busy={busy} act={act} onCancel={() => setChosen(null)} />}
    </section>
  );
}

interface FormProps {
  deed: FormDeed;
  request: RequestDetail;
  busy: boolean;
  act: (deed: Deed, work: () => Promise<unknown>) => Promise<boolean>;
  onCancel: () => void;
}

function DeedForm({ deed, request, busy, act, onCancel }: FormProps) {
  const { t } = useTranslation('service');
  const middle = useStore((state) => state.organisations.find((one) => one.id === request.organisation)?.label);
  const [text, setText] = useState('');
  const [choice, setChoice] = useState<string | null>(null);
  const [score, setScore] = useState<string | null>(null);
  const [place, setPlace] = useState(middle ? degrees(middle.coordinates[1]!, middle.coordinates[0]!) : '');
  const key = useRef(newKey());
  const placed = request.latitude !== null || placeOf(place) !== null;
  const ready = deed === 'forward' ? choice !== null && placed : text.trim() !== '' && (deed !== 'send-on' || choice !== null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void act(deed, () => sent(deed, request, { text: text.trim(), choice: choice ?? '', place: request.latitude === null ? placeOf(place) : null, key: key.current, score: score === null ? null : Number(score) }));
  };
  const [hint, button] = FORMS[deed];
  return (
    <form onSubmit={send} className="service-form" data-testid="deed-form">
      <Text size="sm" c="dimmed">
        {t(hint)}
      </Text>
      {deed === 'send-on' && <OrganisationChoice label={t('newOrganisation')} required value={choice} onChange={setChoice} data-testid="deed-organisation" />}
      {deed === 'follow-up' && request.score === null && request.state !== 'withdrawn' && (
        <Select label={t('satisfaction')} description={t('satisfactionHint')} data={SCORES.map((one) => ({ value: String(one), label: t('score', { score: one }) }))} value={score} onChange={setScore} clearable clearButtonProps={{ 'aria-label': t('clear') }} data-testid="deed-score" />
      )}
      {deed === 'forward' ? (
        <>
          <KindChoice label={t('chooseKind')} value={choice} onChange={setChoice} data-testid="deed-kind" />
          {request.latitude === null && (
            <TextInput label={t('coordinates')} description={t('middle', { name: request.organisation_name })} required value={place} onChange={(event) => setPlace(event.currentTarget.value)} error={place !== '' && !placed && t('badPlace')} data-testid="deed-place" />
          )}
        </>
      ) : (
        <Textarea label={t(deed === 'send-on' || deed === 'follow-up' ? 'note' : 'text')} required autosize minRows={3} maxRows={8} maxLength={2_000} autoFocus={deed !== 'send-on'} value={text} onChange={(event) => setText(event.currentTarget.value)} data-testid="deed-text" />
      )}
      <Group gap={8}>
        <Button type="submit" size="xs" loading={busy} disabled={!ready} color={deed === 'reject' ? 'red' : undefined} data-testid="deed-send">
          {t(button)}
        </Button>
        <Button size="xs" variant="subtle" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}

interface Given {
  text: string;
  choice: string;
  place: { latitude: number; longitude: number } | null;
  key: string;
  /** 1, bad, to 5; null: the citizen did not say. */
  score: number | null;
}

function sent(deed: FormDeed, { id, version }: RequestDetail, { text, choice, place, key, score }: Given): Promise<unknown> {
  switch (deed) {
    case 'message':
      return api.message(id, text, key);
    case 'answer':
      return api.answer(id, version, text);
    case 'reject':
      return api.reject(id, version, text);
    case 'send-on':
      return api.sendOn(id, version, choice, text);
    case 'follow-up':
      return api.followUp(id, version, text, score);
    case 'forward':
      return api.forward(id, { version, kind: choice, ...place });
  }
}
