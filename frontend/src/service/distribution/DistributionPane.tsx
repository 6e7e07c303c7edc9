/** One distribution: how far it is, what each household gets, who signed, and the record. */
import { Badge, Group, Progress, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOf, momentOf } from '../../format/moments';
import { useGroupName } from '../../state/groups';
import { usePages } from '../../ui/list/usePages';
import { Revealed } from '../../ui/Revealed';
import { Empty, Fault } from '../../ui/States';
import { DeedBar, type Deed } from '../DeedBar';
import { Log } from '../Log';
import { Asked, Frame, type PaneProps, type ShownProps } from '../Pane';
import { pathOfStrokes } from '../signature';
import { useMayWork } from '../useMayWork';
import * as api from './api';
import { goodsLine } from './state';
import type { Commodity, DistributionDetail, Listed, Signed } from './types';

interface OfGoods {
  commodities: readonly Commodity[];
}

export function DistributionPane({ commodities, ...pane }: PaneProps & OfGoods) {
  return (
    <Asked {...pane} ask={api.distribution}>
      {(shown) => <Shown {...shown} commodities={commodities} />}
    </Asked>
  );
}

function Shown({ one, commodities, onChange }: ShownProps<DistributionDetail> & OfGoods) {
  const { t, i18n } = useTranslation('service');
  const may = useMayWork();
  const deeds: Deed[] = may && one.state === 'open' ? [{ name: 'close', label: t('closeIt'), hint: t('closeHint'), fields: [{ name: 'note', kind: 'text', label: t('note'), required: true }], act: ({ note }) => api.close(one.id, one.version, note!.trim()) }] : [];
  const signed = t('signedOf', { received: one.received, households: one.households });
  return (
    <Frame
      one={one} title={one.title} below={<Text size="sm">{goodsLine(i18n.language, commodities, one.goods)}</Text>}
      foot={<DeedBar deeds={deeds} done={t('done_close', { id: one.id })} onChange={onChange} />}
      facts={
        <>
          <Facts one={one} />
          <Log entries={one.log} />
        </>
      }
    >
      <div className="service-body">
        <div>
          <Text size="sm" data-testid="distribution-progress">
            {signed}
          </Text>
          <Progress mt={6} value={(100 * one.received) / Math.max(1, one.households)} aria-label={signed} />
        </div>
        {one.note && <Text size="sm" className="service-wrap">{one.note}</Text>}
        <Households id={one.id} version={one.received} may={may} />
      </div>
    </Frame>
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
