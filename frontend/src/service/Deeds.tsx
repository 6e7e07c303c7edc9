/** What may be done to a request in its state. */
import { useTranslation } from 'react-i18next';
import { degrees } from '../format/units';
import { useStore } from '../state/store';
import * as api from './api';
import { DeedBar, type Deed } from './DeedBar';
import type { Field } from './fields';
import { placeField } from './hotline/state';
import { hasEnded, placeOf, type Deed as Name } from './state';
import type { RequestDetail } from './types';

interface Props {
  request: RequestDetail;
  allowed: readonly Name[];
  onChange: () => void;
}

export function Deeds({ request, allowed, onChange }: Props) {
  const deeds = useDeeds(request);
  return <DeedBar deeds={allowed.map((name) => deeds[name])} onChange={onChange} />;
}

/** Each by its name; a version that was seen goes with all but a message, which overwrites nothing. */
function useDeeds(request: RequestDetail): Record<Name, Deed> {
  const { t } = useTranslation('service');
  const { id, version } = request;
  const text: Field = { name: 'text', kind: 'text', label: t('text'), required: true };
  const note: Field = { name: 'note', kind: 'text', label: t('note'), required: true };
  const kind: Field = { name: 'kind', kind: 'incident-kind', label: t('chooseKind'), required: true };
  const where = useWhere(request);
  const named = (name: Name) => ({ name, label: t(name), done: t(`done_${name}`, { id }) });
  return {
    take: { ...named('take'), label: t(hasEnded(request.state) || request.state === 'forwarded' ? 'takeAgain' : 'take'), act: () => api.take(id, version) },
    message: { ...named('message'), hint: t('messageHint'), fields: [text], act: (said, key) => api.message(id, said.text!.trim(), key) },
    answer: { ...named('answer'), hint: t('answerHint'), fields: [text], act: (said) => api.answer(id, version, said.text!.trim()) },
    reject: { ...named('reject'), hint: t('rejectHint'), fields: [text], danger: true, act: (said) => api.reject(id, version, said.text!.trim()) },
    forward: { ...named('forward'), hint: t('forwardHint'), fields: [kind, ...where], act: (said) => api.forward(id, { version, kind: said.kind!, ...placeOf(said.place ?? '') }) },
    'send-on': {
      ...named('send-on'), hint: t('sendOnHint'), fields: [{ name: 'organisation', kind: 'organisation', label: t('newOrganisation'), required: true }, note],
      act: (said) => api.sendOn(id, version, said.organisation!, said.note!.trim()),
    },
    'follow-up': { ...named('follow-up'), hint: t('followUpHint'), fields: [...useScore(request), note], act: (said) => api.followUp(id, version, said.note!.trim(), said.score ? Number(said.score) : null) },
  };
}

/** Where it is, of a request that does not say: the middle of its organisation to begin with. */
function useWhere(request: RequestDetail): Field[] {
  const { t } = useTranslation('service');
  const middle = useStore((state) => state.organisations.find((one) => one.id === request.organisation)?.label);
  if (request.latitude !== null) return [];
  const start = middle ? degrees(middle.coordinates[1]!, middle.coordinates[0]!) : '';
  return [{ ...placeField(t('coordinates'), t('badPlace'), t('middle', { name: request.organisation_name }), start), required: true }];
}

/** How content the citizen is, where that was not rated. */
function useScore(request: RequestDetail): Field[] {
  const { t } = useTranslation('service');
  const isAsked = request.score === null && request.state !== 'withdrawn';
  return isAsked ? [{ name: 'score', kind: 'choice', label: t('satisfaction'), hint: t('satisfactionHint'), data: [5, 4, 3, 2, 1].map((score) => ({ value: String(score), label: t('score', { score }) })) }] : [];
}
