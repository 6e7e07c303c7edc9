/** One call: what was said, what may become of it or became of it, what else its number said, and the record. */
import { Alert, Group, Rating, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../../app/route';
import '../../desk/words';
import { degrees } from '../../format/units';
import { instantOf } from '../../format/moments';
import { Go } from '../../ui/Go';
import { ContactShown } from '../Contact';
import { DeedBar, type Deed } from '../DeedBar';
import { said } from '../fields';
import { Log } from '../Log';
import { Asked, Body, Frame, type PaneProps, type ShownProps } from '../Pane';
import { placeOf } from '../state';
import { useMayWork } from '../useMayWork';
import * as api from './api';
import { EarlierList } from './EarlierList';
import { placeField } from './state';
import type { CallDetail } from './types';

export function CallPane(pane: PaneProps) {
  return (
    <Asked {...pane} ask={api.call}>
      {(shown) => <Shown {...shown} />}
    </Asked>
  );
}

function Shown({ one, onChange }: ShownProps<CallDetail>) {
  const { t } = useTranslation('service');
  const may = useMayWork();
  const [code, setCode] = useState<string | null>(null);
  const deeds = useDeeds(one, setCode);
  return (
    <Frame
      one={one} title={one.subject} kinds={[t(one.kind)]}
      foot={may && <DeedBar deeds={deeds} done={t('done_kept', { id: one.id })} onChange={onChange} />}
      facts={
        <>
          <Facts one={one} />
          <ContactShown masked={one} may={may} reveal={(purpose) => api.reveal(one.id, purpose)} />
          <EarlierList earlier={one.earlier} />
          <Log entries={one.log} silent={['answer', 'call-back']} />
        </>
      }
    >
      <Body text={one.body}>
        {code && (
          <Alert color="teal" title={t('codeForCaller')} data-testid="call-code">
            <Text fw={700} size="xl" ff="monospace">
              {code}
            </Text>
            <Text size="sm">{t('codeHint')}</Text>
          </Alert>
        )}
        <Became one={one} />
      </Body>
    </Frame>
  );
}

/** What may become of it; code: what its caller follows a request by. */
function useDeeds(one: CallDetail, onCode: (code: string) => void): Deed[] {
  const { t } = useTranslation('service');
  const { version, id } = one;
  if (one.state === 'done') {
    const scores = [5, 4, 3, 2, 1].map((score) => ({ value: String(score), label: t('score', { score }) }));
    return [
      {
        name: 'call-back', label: t(one.called_back_at ? 'calledAgain' : 'callBack'), hint: t('callBackHint'), fields: [{ name: 'score', kind: 'choice', label: t('satisfaction'), data: scores }, { name: 'note', kind: 'text', label: t('whatWasSaid'), required: true }],
        act: (values) => api.act(id, 'call-back', { version, ...said(values, 'note'), score: values.score ? Number(values.score) : null }),
      },
    ];
  }
  return [
    { name: 'answer', label: t('answerCall'), hint: t('answerCallHint'), fields: [{ name: 'text', kind: 'text', label: t('whatWasTold'), required: true }], act: (values) => api.act(id, 'answer', { version, ...said(values, 'text') }) },
    {
      name: 'incident', label: t('forward'), hint: t('incidentHint'), fields: [{ name: 'kind', kind: 'incident-kind', label: t('chooseKind'), required: true }, ...(one.latitude === null ? [{ ...placeField(t('coordinates'), t('badPlace')), required: true }] : [])],
      act: (values) => api.act(id, 'incident', { version, ...said(values, 'kind'), ...placeOf(values.place ?? '') }),
    },
    { name: 'request', label: t('makeRequest'), hint: t('makeRequestHint'), fields: [], act: async (_, key) => onCode((await api.toRequest(id, version, key)).code) },
  ];
}

function Became({ one }: { one: CallDetail }) {
  const { t } = useTranslation('service');
  return (
    <>
      {one.answer && (
        <section>
          <Title order={4} size="h6">
            {t('whatWasTold')}
          </Title>
          <Text size="sm" className="service-wrap">
            {one.answer}
          </Text>
        </section>
      )}
      {one.called_back_at && (
        <section data-testid="call-score">
          <Title order={4} size="h6">
            {t('calledBack')} · {instantOf(one.called_back_at)}
          </Title>
          {one.score !== null && (
            <Group gap={8}>
              <Rating value={one.score} readOnly size="sm" aria-hidden />
              <Text size="sm">{t('score', { score: one.score })}</Text>
            </Group>
          )}
          <Text size="sm" className="service-wrap">
            {one.score_comment}
          </Text>
        </section>
      )}
    </>
  );
}

function Facts({ one }: { one: CallDetail }) {
  const { t } = useTranslation('service');
  const links = [
    ...(one.incident ? [{ id: one.incident, to: pathOf('desk', [one.incident]), state: t(`state_${one.incident_state}`, { ns: 'desk' }) }] : []),
    ...(one.request ? [{ id: one.request, to: pathOf('service', ['requests', one.request]), state: '' }] : []),
  ];
  return (
    <dl>
      <dt>{t('organisation')}</dt>
      <dd>{one.organisation_name}</dd>
      <dt>{t('operator')}</dt>
      <dd>{one.operator}</dd>
      <dt>{t('place')}</dt>
      <dd>{one.address ?? (one.latitude !== null && one.longitude !== null ? degrees(one.latitude, one.longitude) : t('noPlace'))}</dd>
      <dt>{t('wantsCallBack')}</dt>
      <dd>{t(one.call_back ? 'yes' : 'no')}</dd>
      {links.map(({ id, to, state }) => (
        <div key={id} style={{ display: 'contents' }}>
          <dt>{t('became')}</dt>
          <dd>
            <Go to={to}>{id}</Go>{' '}
            {state}
          </dd>
        </div>
      ))}
    </dl>
  );
}
