/** Whom to send: the best first, each with reasons and a line on the map; one click or the keys 1 to 9 send. */
import { Button, Group, Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { distance } from '../format/units';
import { nameIn } from '../i18n';
import { usePostName } from '../state/posts';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import type { Policy, Profile } from './api';
import { minutes } from './figures';
import { useDesk } from './store';
import type { Candidate, Candidates as Found, Incident } from './types';
import { useDeed } from './useDeed';

const POLICIES: readonly Policy[] = ['travel_time', 'nearest', 'own_grid'];
const PROFILES: readonly Profile[] = ['walking', 'bicycle', 'car'];

export function Candidates({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  const { policy, profile, look, candidates, prefer } = useDesk();
  const asked = useAsked(() => look(incident.id), [incident.id, incident.version, policy, profile, look]);
  useEffect(() => () => useDesk.setState({ candidates: null, pointed: null }), []);
  return (
    <section aria-label={t('candidates')} data-testid="candidates">
      <Group justify="space-between" wrap="nowrap">
        <Text component="h3" fw={600} size="sm" m={0}>
          {t('candidates')}
        </Text>
        <Group gap={4} wrap="nowrap">
          <Select size="xs" w={112} aria-label={t('policy')} value={policy} onChange={(value) => prefer((value ?? policy) as Policy, profile)} data={POLICIES.map((value) => ({ value, label: t(`policy_${value}`) }))} allowDeselect={false} />
          <Select size="xs" w={84} aria-label={t('profile')} value={profile} onChange={(value) => prefer(policy, (value ?? profile) as Profile)} data={PROFILES.map((value) => ({ value, label: t(`profile_${value}`) }))} allowDeselect={false} />
        </Group>
      </Group>
      <Answered asked={asked}>{() => null}</Answered>
      {candidates?.incident === incident.id && <List incident={incident} found={candidates.found} again={asked.again} />}
    </section>
  );
}

function List({ incident, found, again }: { incident: Incident; found: Found; again: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <>
      {found.items.length === 0 && <Empty>{t('noCandidates')}</Empty>}
      {found.items.map((one, n) => (
        <Row key={one.member} incident={incident} one={one} place={n + 1} />
      ))}
      <Group justify="space-between" mt={4}>
        <Text size="xs" c="dimmed">
          {t(found.basis === 'streets' ? 'streetsBasis' : 'lineBasis')}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={again}>
          {t('askAgain')}
        </Button>
      </Group>
      {found.passed_over.length > 0 && <PassedOver all={found.passed_over} />}
    </>
  );
}

function Row({ incident, one, place }: { incident: Incident; one: Candidate; place: number }) {
  const { t, i18n } = useTranslation('desk');
  const { busy, run } = useDeed();
  const { send, point, pointed } = useDesk();
  const postName = usePostName();
  return (
    <div className="candidate" data-testid="candidate" data-member={one.member} aria-current={pointed === one.member} onMouseEnter={() => point(one.member)} onMouseLeave={() => point(null)} onFocus={() => point(one.member)}>
      <kbd aria-hidden>{place}</kbd>
      <span className="grow">
        <b>{one.name}</b> <span className="dim">{postName(one.post)}</span>
        <span className="reasons">{one.reasons.map((reason) => nameIn(i18n.language, reason.en, reason.zh)).join(' · ')}</span>
      </span>
      <span className="travel">{minutes(one.travel_s)}</span>
      <Button size="compact-sm" variant={place === 1 ? 'filled' : 'default'} loading={busy} onClick={() => void run(() => send(incident, one), t('sent', { name: one.name, id: incident.id }))} data-testid="send">
        {t('send')}
      </Button>
    </div>
  );
}

function PassedOver({ all }: { all: Found['passed_over'] }) {
  const { t, i18n } = useTranslation('desk');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('passedOver')} ({all.length})
      </Button>
      {open &&
        all.map((one) => (
          <div key={one.member} className="candidate">
            <span className="grow">
              {one.name} <span className="dim">{distance(one.metres)}</span>
              <span className="reasons">{nameIn(i18n.language, one.reason.en, one.reason.zh)}</span>
            </span>
          </div>
        ))}
    </>
  );
}
