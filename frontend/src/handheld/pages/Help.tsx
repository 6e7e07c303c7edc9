/** Whom the member helps: what is needed, what is to be done, and each visit, also without a network. */
import { Alert, Button, Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { isOverdue } from '../../service/assistance/state';
import type { HelpCaseDetail, Step } from '../../service/assistance/types';
import { Empty } from '../../ui/States';
import { here, outbox } from '../service';
import { useHandheld } from '../store';
import { Dim, Heading, To } from './parts';
import { useDraft } from './useDraft';

const today = (): string => new Date().toISOString().slice(0, 10);

export function Help({ id }: { id: string | null }) {
  const { t } = useTranslation('handheld');
  const cases = useHandheld((state) => state.cases);
  const chosen = cases.find((one) => one.id === id);
  if (chosen) return <Case one={chosen} />;
  return (
    <Stack gap="sm">
      <Heading back="report">{t('help')}</Heading>
      {cases.length === 0 && <Empty hint={t('noHelpHint')}>{t('noHelp')}</Empty>}
      {cases.map((one) => (
        <To key={one.id} page="help" id={one.id} className="card" testId="case" data-priority={isOverdue(one, today()) ? 2 : 3}>
          <Text fw={650}>{one.name ?? one.household}</Text>
          <Text size="sm">{one.title}</Text>
          <Dim>
            {one.address}
            {one.next_visit_on && ` · ${t('nextVisit', { day: one.next_visit_on })}`}
          </Dim>
        </To>
      ))}
    </Stack>
  );
}

function Case({ one }: { one: HelpCaseDetail }) {
  const { t } = useTranslation('handheld');
  const waiting = useHandheld((state) => state.outbox).filter((item) => item.path.startsWith(`/assistance/${encodeURIComponent(one.id)}/`) && !item.refusal);
  const ticked = (step: Step) => step.done_at !== null || waiting.some((item) => item.doing === 'step' && item.body?.number === step.number);
  const tick = (step: Step) => void outbox.add({ doing: 'step', path: `/assistance/${encodeURIComponent(one.id)}/step`, body: { number: step.number }, about: `${one.title} · ${step.text}` });
  return (
    <Stack gap="sm">
      <Heading back="help">{one.name ?? one.household}</Heading>
      <Dim>{one.address}</Dim>
      <Text fw={650}>{one.title}</Text>
      <Text size="sm" className="said">
        {one.need}
      </Text>
      {isOverdue(one, today()) && <Alert color="orange">{t('visitOverdue', { day: one.next_visit_on })}</Alert>}
      {one.steps.map((step) => (
        <Checkbox key={step.number} size="md" label={step.text} checked={ticked(step)} disabled={ticked(step)} onChange={() => tick(step)} data-testid="step" />
      ))}
      <Visit one={one} />
      {waiting.filter((item) => item.doing === 'visit').map((item) => (
        <article key={item.key} className="card" data-testid="visit-waits">
          <Text size="sm" className="said">{String(item.body?.note)}</Text>
          <Dim>
            {momentOf(item.at)} · {t('willBeSent')}
          </Dim>
        </article>
      ))}
      {one.visited.map((visit) => (
        <article key={visit.at} className="card">
          <Text size="sm" className="said">{visit.note}</Text>
          <Dim>
            {momentOf(visit.at)} · {visit.by_name}
          </Dim>
        </article>
      ))}
    </Stack>
  );
}

function Visit({ one }: { one: HelpCaseDetail }) {
  const { t } = useTranslation('handheld');
  const [note, setNote, forget] = useDraft(`visit ${one.id}`);
  const [next, setNext] = useState('');
  function send(event: FormEvent): void {
    event.preventDefault();
    if (!note.trim()) return;
    const body = { at: new Date().toISOString(), note: note.trim(), next_visit_on: next || null, ...here() };
    void outbox.add({ doing: 'visit', path: `/assistance/${encodeURIComponent(one.id)}/visit`, body, about: `${one.title}: ${note.trim()}`.slice(0, 80) });
    forget();
    setNext('');
  }
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Textarea label={t('visitNote')} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={3} maxLength={2000} required data-testid="visit-note" />
        <TextInput type="date" label={t('visitNext')} value={next} onChange={(event) => setNext(event.currentTarget.value)} />
        <Button type="submit" size="lg" disabled={!note.trim()} data-testid="send-visit">
          {t('sendVisit')}
        </Button>
      </Stack>
    </form>
  );
}
