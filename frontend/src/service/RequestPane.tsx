/** One request: what the citizen wrote, what was said both ways, what is to be done; beside it who, where and the record. */
import { Anchor, Group, Rating, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { instantOf, momentOf } from '../format/moments';
import { degrees } from '../format/units';
import { useStore } from '../state/store';
import * as api from './api';
import { Contact } from './Contact';
import { Deeds } from './Deeds';
import { Log } from './Log';
import { Asked, Frame, type PaneProps } from './Pane';
import { deedsOf, mayWork } from './state';
import type { Message, RequestDetail } from './types';

export function RequestPane(pane: PaneProps) {
  return (
    <Asked {...pane} ask={api.request}>
      {({ one, onChange }) => <Shown request={one} onChange={onChange} />}
    </Asked>
  );
}

function Shown({ request, onChange }: { request: RequestDetail; onChange: () => void }) {
  const { t } = useTranslation('service');
  const role = useStore((state) => state.me?.role ?? '');
  return (
    <Frame
      one={request} title={request.subject} kinds={[t(request.kind)]}
      foot={mayWork(role) ? <Deeds key={request.state} request={request} allowed={deedsOf(request.state, role)} onChange={onChange} /> : <Text size="sm" c="dimmed" className="service-foot">{t('readOnly')}</Text>}
      facts={
        <>
          <Facts request={request} />
          <Contact request={request} may={mayWork(role)} />
          <Score request={request} />
          <Log entries={request.log} silent={['answer', 'reject']} />
        </>
      }
    >
      <Said request={request} />
    </Frame>
  );
}

/** What the citizen filed is the first word; the newest is in view. */
function Said({ request }: { request: RequestDetail }) {
  const { t } = useTranslation('service');
  const scroll = useRef<HTMLDivElement>(null);
  useEffect(() => void (scroll.current && (scroll.current.scrollTop = scroll.current.scrollHeight)), [request.messages.length]);
  const filed: Message = { at: request.created_at, by_citizen: true, author: 'citizen', body: request.body };
  return (
    <div ref={scroll} className="service-said" tabIndex={0} role="region" aria-label={t('said')}>
      <ol>
        {[filed, ...request.messages].map((one, n) => (
          <li key={n} className={one.by_citizen ? 'citizen' : 'office'} data-testid="request-said">
            <small>
              {one.by_citizen ? t('citizen') : one.author} · {momentOf(one.at)}
            </small>
            <p>{one.body}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Facts({ request }: { request: RequestDetail }) {
  const { t } = useTranslation('service');
  const { latitude, longitude } = request;
  const desk = request.incident === null ? '' : pathOf('desk', [request.incident]);
  return (
    <dl>
      <dt>{t('organisation')}</dt>
      <dd>{request.organisation_name}</dd>
      <dt>{t('takenBy')}</dt>
      <dd>{request.taken_by ?? t('nobody')}</dd>
      <dt>{t('place')}</dt>
      <dd>{request.address ?? (latitude !== null && longitude !== null ? degrees(latitude, longitude) : t('noPlace'))}</dd>
      <dt>{t('language')}</dt>
      <dd>{t(request.language === 'en' ? 'lang_en' : 'lang_zh')}</dd>
      {request.ended_at && (
        <>
          <dt>{t('ended')}</dt>
          <dd>{instantOf(request.ended_at)}</dd>
        </>
      )}
      {request.followed_up_at && (
        <>
          <dt>{t('followedUp')}</dt>
          <dd>{instantOf(request.followed_up_at)}</dd>
        </>
      )}
      {request.incident && (
        <>
          <dt>{t('incident')}</dt>
          <dd>
            <Anchor size="sm" href={desk} onClick={(event) => (event.preventDefault(), goTo(desk))} data-testid="request-incident">
              {t('openIncident', { id: request.incident })}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t(`state_${request.incident_state}`, { ns: 'desk' })}
            </Text>
          </dd>
        </>
      )}
    </dl>
  );
}

function Score({ request }: { request: RequestDetail }) {
  const { t } = useTranslation('service');
  return (
    <section>
      <Title order={4} size="h6">
        {t('rating')}
      </Title>
      {request.score === null ? (
        <Text size="sm" c="dimmed">
          {t('noRating')}
        </Text>
      ) : (
        <div data-testid="request-score">
          <Group gap={8}>
            <Rating value={request.score} readOnly size="sm" aria-hidden />
            <Text size="sm">{t('score', { score: request.score })}</Text>
          </Group>
          {request.score_comment && <Text size="sm" className="service-wrap">{request.score_comment}</Text>}
        </div>
      )}
    </section>
  );
}
