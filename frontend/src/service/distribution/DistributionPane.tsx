/** One distribution: how far it is, what each household gets, who signed, and the record. */
import { Badge, Group, Progress, SegmentedControl, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../admin/list/usePages';
import { instantOf, momentOf } from '../../format/moments';
import { useGroupName } from '../../state/groups';
import { useStore } from '../../state/store';
import { Answered, Empty, Fault } from '../../ui/States';
import { Revealed } from '../../ui/Revealed';
import { useAsked } from '../../ui/useAsked';
import { DeedBar, type Deed } from '../DeedBar';
import { Log } from '../Log';
import { AGAIN_MS } from '../Room';
import { StateBadge } from '../RoomList';
import { pathOfStrokes } from '../signature';
import { mayWork } from '../state';
import { useRegularly } from '../useRegularly';
import * as api from './api';
import { goodsLine } from './state';
import type { Commodity, DistributionDetail, Listed, Signed } from './types';

interface Props {
  id: string;
  commodities: readonly Commodity[];
  onChange: () => void;
}

export function DistributionPane({ id, commodities, onChange }: Props) {
  const asked = useAsked(() => api.distribution(id), [id]);
  useRegularly(asked.again, AGAIN_MS);
  return <Answered asked={asked}>{(one) => <Shown one={one} commodities={commodities} onChange={() => (asked.again(), onChange())} />}</Answered>;
}

function Shown({ one, commodities, onChange }: { one: DistributionDetail; commodities: readonly Commodity[]; onChange: () => void }) {
  const { t, i18n } = useTranslation('service');
  const may = mayWork(useStore((state) => state.me?.role ?? ''));
  const deeds: Deed[] = may && one.state === 'open' ? [{ name: 'close', label: t('closeIt'), hint: t('closeHint'), fields: [{ name: 'note', kind: 'text', label: t('note'), required: true }], act: ({ note }) => api.close(one.id, one.version, note!.trim()) }] : [];
  return (
    <div className="service-shown">
      <section className="service-talk">
        <header>
          <Group gap={8}>
            <StateBadge state={one.state} size="md" />
            <Text size="sm" c="dimmed">
              {one.id} · {instantOf(one.created_at)}
            </Text>
          </Group>
          <Title order={3} size="h3" className="service-wrap">
            {one.title}
          </Title>
          <Text size="sm">{goodsLine(i18n.language, commodities, one.goods)}</Text>
        </header>
        <div className="service-body">
          <div>
            <Text size="sm" data-testid="distribution-progress">
              {t('signedOf', { received: one.received, households: one.households })}
            </Text>
            <Progress mt={6} value={(100 * one.received) / Math.max(1, one.households)} aria-label={t('signedOf', { received: one.received, households: one.households })} />
          </div>
          {one.note && <Text size="sm" className="service-wrap">{one.note}</Text>}
          <Households id={one.id} version={one.received} may={may} />
        </div>
        <DeedBar deeds={deeds} done={t('done_close', { id: one.id })} onChange={onChange} />
      </section>
      <aside className="service-facts" aria-label={one.id}>
        <Facts one={one} />
        <Log entries={one.log} />
      </aside>
    </div>
  );
}

function Facts({ one }: { one: DistributionDetail }) {
  const { t } = useTranslation('service');
  const groupName = useGroupName();
  return (
    <dl>
      <dt>{t('area')}</dt>
      <dd>{one.organisation_name}</dd>
      <dt>{t('store')}</dt>
      <dd>{one.store_name}</dd>
      <dt>{t('criteria')}</dt>
      <dd>{one.groups.length ? one.groups.map(groupName).join(', ') : t('everyHousehold')}</dd>
      <dt>{t('leastPeople')}</dt>
      <dd>{one.least_people}</dd>
      <dt>{t('openedBy')}</dt>
      <dd>{one.author}</dd>
      {one.ended_at && (
        <>
          <dt>{t('ended')}</dt>
          <dd>{instantOf(one.ended_at)}</dd>
        </>
      )}
    </dl>
  );
}

const WHO = ['all', 'false', 'true'] as const;

/** version: asked again when it changes. */
function Households({ id, version, may }: { id: string; version: number; may: boolean }) {
  const { t } = useTranslation('service');
  const [who, setWho] = useState<(typeof WHO)[number]>('all');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 300);
  const pages = usePages<Listed>(api.householdsOf(id), { received: who === 'all' ? undefined : who === 'true', q: q || undefined, version: undefined });
  const [seen, setSeen] = useState(version);
  if (seen !== version) {
    setSeen(version);
    queueMicrotask(pages.again);
  }
  return (
    <section aria-label={t('households')}>
      <Group gap={8} mb={8}>
        <SegmentedControl size="xs" aria-label={t('households')} value={who} onChange={(next) => setWho(next as typeof who)} data={WHO.map((value) => ({ value, label: t(`who_${value}`) }))} />
        <TextInput size="xs" flex={1} aria-label={t('findDoor')} placeholder={t('findDoor')} type="search" maxLength={100} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Group>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      {pages.rows.length === 0 && !pages.busy && !pages.problem && <Empty>{t('nobodyHere')}</Empty>}
      {pages.rows.length > 0 && (
        <table className="service-table">
          <thead>
            <tr>
              <th>{t('address')}</th>
              <th>{t('head')}</th>
              <th className="number">{t('people')}</th>
              <th>{t('receipt')}</th>
            </tr>
          </thead>
          <tbody>
            {pages.rows.map((one) => (
              <tr key={one.household} data-testid="household" data-signed={one.receipt !== null}>
                <td>
                  {one.address ?? one.household}
                  <Text size="xs" c="dimmed">
                    {one.organisation_name}
                  </Text>
                </td>
                <td>{one.head ?? '–'}</td>
                <td className="number">{one.people}</td>
                <td>{one.receipt === null ? <Text size="sm" c="dimmed">{t('notYet')}</Text> : <Receipt one={one} may={may} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!pages.done && pages.rows.length > 0 && <More more={pages.more} />}
    </section>
  );
}

function More({ more }: { more: () => void }) {
  const { t } = useTranslation('service');
  return (
    <button type="button" className="service-more" onClick={more}>
      {t('more')}
    </button>
  );
}

const HIDDEN: Signed = { recipient: null, signature: null };

/** That a household signed; who, and how, for who says what for. */
function Receipt({ one, may }: { one: Listed; may: boolean }) {
  const { t } = useTranslation('service');
  return (
    <Group gap={8}>
      <Badge variant="light" color="teal">
        {t('signed')}
      </Badge>
      <Text size="xs" c="dimmed">
        {one.signed_at && momentOf(one.signed_at)} · {one.by_name}
      </Text>
      <Revealed<Signed, Signed> masked={HIDDEN} may={may} reveal={(purpose) => api.signed(one.receipt!, purpose)}>
        {(_, full) =>
          full && (
            <div data-testid="signature-shown">
              <Text size="sm">{full.recipient ?? '–'}</Text>
              <svg className="service-signature" viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label={t('signature')}>
                <path d={pathOfStrokes(full.signature ?? [])} />
              </svg>
            </div>
          )
        }
      </Revealed>
    </Group>
  );
}
