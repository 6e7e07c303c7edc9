/** One case: what is needed, what is planned and done, each visit, how it ended, and the record. */
import { Anchor, Badge, Checkbox, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../../app/route';
import { useDeed } from '../../desk/useDeed';
import { momentOf } from '../../format/moments';
import { Revealed } from '../../ui/Revealed';
import { Go } from '../../ui/Go';
import { DeedBar, type Deed } from '../DeedBar';
import { said } from '../fields';
import { Log } from '../Log';
import { Asked, Body, Frame, type PaneProps, type ShownProps } from '../Pane';
import type { Contact } from '../types';
import { useMayWork } from '../useMayWork';
import * as api from './api';
import { planFields, planOf } from './NewCase';
import { isOverdue, linesOf } from './state';
import { RESULTS, type HelpCaseDetail } from './types';

export function CasePane(pane: PaneProps) {
  return (
    <Asked {...pane} ask={api.helpCase}>
      {(shown) => <Shown {...shown} />}
    </Asked>
  );
}

function Shown({ one, onChange }: ShownProps<HelpCaseDetail>) {
  const { t } = useTranslation('service');
  const may = useMayWork();
  const deeds = useDeeds(one);
  return (
    <Frame
      one={one} title={one.title} kinds={[t(one.kind)]} mark={isOverdue(one, new Date().toISOString().slice(0, 10)) && <Overdue />}
      foot={may && <DeedBar deeds={deeds} done={t('done_kept', { id: one.id })} onChange={onChange} />}
      facts={
        <>
          <Facts one={one} may={may} />
          <Log entries={one.log} silent={['close']} />
        </>
      }
    >
      <Body text={one.need}>
        {one.result && (
          <section data-testid="case-result">
            <Title order={4} size="h6">
              {t('result')}: {t(`result_${one.result}`)}
            </Title>
            <Text size="sm" className="service-wrap">
              {one.outcome}
            </Text>
          </section>
        )}
        <Steps one={one} may={may && one.state !== 'closed'} onChange={onChange} />
        <Visits one={one} />
      </Body>
    </Frame>
  );
}

function Overdue() {
  const { t } = useTranslation('service');
  return (
    <Badge color="red" variant="light" data-testid="overdue">
      {t('visitOverdue')}
    </Badge>
  );
}

/** What may be done to a case in its state; the server has the last word. */
function useDeeds(one: HelpCaseDetail): Deed[] {
  const { t } = useTranslation('service');
  const note = { name: 'note', kind: 'text' as const, label: t('note'), required: true };
  if (one.state === 'closed') return [{ name: 'reopen', label: t('reopenCase'), fields: [note], act: (values) => api.act(one.id, 'reopen', { version: one.version, ...said(values, 'note') }) }];
  return [
    {
      name: 'visit', label: t('addVisit'), hint: t('visitHint'), fields: [note, { name: 'next_visit_on', kind: 'date', label: t('nextVisit') }],
      act: (values, key) => api.act(one.id, 'visit', { at: new Date().toISOString(), ...said(values, 'note', 'next_visit_on') }, key),
    },
    { name: 'plan', label: t('planCase'), hint: t('planHint'), fields: planFields(t, { steps: linesOf(one.steps), next: one.next_visit_on ?? '' }), act: (values) => api.act(one.id, 'plan', { version: one.version, ...planOf(values), helper: values.helper || one.helper }) },
    {
      name: 'close', label: t('closeCase'), fields: [{ name: 'result', kind: 'choice', label: t('result'), required: true, data: RESULTS.map((value) => ({ value, label: t(`result_${value}`) })) }, { ...note, name: 'outcome', label: t('outcome') }],
      act: (values) => api.act(one.id, 'close', { version: one.version, ...said(values, 'result', 'outcome') }),
    },
  ];
}

function Steps({ one, may, onChange }: ShownProps<HelpCaseDetail> & { may: boolean }) {
  const { t } = useTranslation('service');
  const { busy, run } = useDeed();
  if (one.steps.length === 0) return null;
  const done = (number: number) => void run(() => api.act(one.id, 'step', { version: one.version, number })).then(onChange);
  return (
    <section data-testid="case-steps">
      <Title order={4} size="h6" mb={6}>
        {t('steps')}
      </Title>
      {one.steps.map((step) => (
        <Checkbox
          key={step.number} mb={8} checked={step.done_at !== null} disabled={!may || busy || step.done_at !== null} onChange={() => done(step.number)} label={step.text}
          description={step.done_at ? `${step.done_by} · ${momentOf(step.done_at)}` : step.due_on ? t('dueOn', { day: step.due_on }) : undefined}
        />
      ))}
    </section>
  );
}

function Visits({ one }: { one: HelpCaseDetail }) {
  const { t } = useTranslation('service');
  return (
    <section data-testid="case-visits">
      <Title order={4} size="h6">
        {t('visits')}
      </Title>
      {one.visited.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noVisits')}
        </Text>
      )}
      <ol className="service-log">
        {one.visited.map((visit) => (
          <li key={`${visit.at}${visit.by_name}`}>
            <span>{visit.by_name}</span>
            <time dateTime={visit.at}>{momentOf(visit.at)}</time>
            <p>{visit.note}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Facts({ one, may }: { one: HelpCaseDetail; may: boolean }) {
  const { t } = useTranslation('service');
  return (
    <>
      <dl>
        <dt>{t('organisation')}</dt>
        <dd>{one.organisation_name}</dd>
        <dt>{t('address')}</dt>
        <dd>{one.address ?? one.household}</dd>
        <dt>{t('helper')}</dt>
        <dd>{one.helper_name ?? t('nobody')}</dd>
        <dt>{t('nextVisit')}</dt>
        <dd>{one.next_visit_on ?? '–'}</dd>
        <dt>{t('openedBy')}</dt>
        <dd>{one.author}</dd>
      </dl>
      <section>
        <Title order={4} size="h6">
          {t('forWhom')}
        </Title>
        <Revealed<Contact, Contact> masked={{ name: one.name, telephone: null }} may={may} reveal={(purpose) => api.reveal(one.id, purpose)}>
          {(shown, full) => (
            <dl>
              <dt>{t('name')}</dt>
              <dd>{shown.name ?? '–'}</dd>
              {full && (
                <>
                  <dt>{t('telephone')}</dt>
                  <dd>{full.telephone ? <Anchor size="sm" href={`tel:${full.telephone.replace(/[^0-9+]/g, '')}`}>{full.telephone}</Anchor> : '–'}</dd>
                </>
              )}
            </dl>
          )}
        </Revealed>
        <Go to={pathOf('registry', ['households', one.household])}>{t('itsRecord')}</Go>
      </section>
    </>
  );
}
