/** One offer or need: what may suit it and why, what became of it, and the record. */
import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../../app/route';
import { useDeed } from '../../desk/useDeed';
import { distance } from '../../format/units';
import { Go } from '../../ui/Go';
import { ContactShown } from '../Contact';
import { DeedBar, type Deed } from '../DeedBar';
import { said } from '../fields';
import { Form } from '../Form';
import { Log } from '../Log';
import { Asked, Body, Frame, type PaneProps, type ShownProps } from '../Pane';
import { useMayWork } from '../useMayWork';
import * as api from './api';
import type { ListingDetail, Proposed } from './types';

export function ListingPane(pane: PaneProps) {
  return (
    <Asked {...pane} ask={api.listing}>
      {(shown) => <Shown {...shown} />}
    </Asked>
  );
}

function Shown({ one, onChange }: ShownProps<ListingDetail>) {
  const { t } = useTranslation('service');
  const may = useMayWork();
  const deeds = useDeeds(one);
  return (
    <Frame
      one={one} title={one.title} kinds={[t(one.side), t(one.category)]}
      foot={may && <DeedBar deeds={deeds} done={t('done_kept', { id: one.id })} onChange={onChange} />}
      facts={
        <>
          <Facts one={one} />
          <ContactShown masked={one} may={may} reveal={(purpose) => api.reveal(one.id, purpose)} />
          <Log entries={one.log} />
        </>
      }
    >
      <Body text={one.body}>{one.state === 'open' && <Proposals one={one} may={may} onChange={onChange} />}</Body>
    </Frame>
  );
}

function Facts({ one }: { one: ListingDetail }) {
  const { t } = useTranslation('service');
  return (
    <dl>
      <dt>{t('organisation')}</dt>
      <dd>{one.organisation_name}</dd>
      <dt>{t('lastDay')}</dt>
      <dd>{one.ends_on}</dd>
      <dt>{t('openedBy')}</dt>
      <dd>{one.author}</dd>
      {one.partner && (
        <>
          <dt>{t('partner')}</dt>
          <dd>
            <Go to={addressOf(one.partner)}>{one.partner}</Go>
          </dd>
        </>
      )}
    </dl>
  );
}

const addressOf = (id: string): string => pathOf('service', ['matching', id]);

function useDeeds({ id, version, state }: ListingDetail): Deed[] {
  const { t } = useTranslation('service');
  const note = [{ name: 'note', kind: 'text' as const, label: t('note'), required: true }];
  const close: Deed = { name: 'close', label: t('closeListing'), fields: note, act: (values) => api.act(id, 'close', { version, ...said(values, 'note') }) };
  const reopen: Deed = { name: 'reopen', label: t('reopenListing'), hint: t('reopenListingHint'), fields: note, act: (values) => api.act(id, 'reopen', { version, ...said(values, 'note') }) };
  const extend: Deed = { name: 'extend', label: t('extend'), fields: [{ name: 'ends_on', kind: 'date', label: t('lastDay'), required: true }], act: (values) => api.act(id, 'extend', { version, ...said(values, 'ends_on') }) };
  return { open: [extend, close], expired: [extend, close], matched: [reopen, close], closed: [reopen] }[state];
}

function Proposals({ one, may, onChange }: ShownProps<ListingDetail> & { may: boolean }) {
  const { t } = useTranslation('service');
  return (
    <section data-testid="proposals">
      <Title order={4} size="h6" mb={6}>
        {t(one.side === 'need' ? 'offersThatSuit' : 'needsThatSuit')}
      </Title>
      {one.proposals.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('nothingProposed')}
        </Text>
      )}
      {one.proposals.map((each) => (
        <Suggestion key={each.listing.id} one={one} each={each} may={may} onChange={onChange} />
      ))}
    </section>
  );
}

function Suggestion({ one, each, may, onChange }: ShownProps<ListingDetail> & { each: Proposed; may: boolean }) {
  const { t } = useTranslation('service');
  const [open, setOpen] = useState(false);
  const { busy, run } = useDeed();
  const { listing, words, metres } = each;
  const match = (note: string) => void run(() => api.act(one.id, 'match', { version: one.version, other: listing.id, note }), t('done_match')).then(onChange);
  return (
    <article className="service-suggestion" data-testid="proposal">
      <Group justify="space-between" align="start" wrap="nowrap">
        <div>
          <Go to={addressOf(listing.id)}>{listing.title}</Go>
          <Text size="sm" lineClamp={2}>
            {listing.body}
          </Text>
          <Group gap={6} mt={4} aria-label={t('why')}>
            <Badge variant="light" size="sm">
              {t(listing.category)}
            </Badge>
            {words.map((word) => (
              <Badge key={word} variant="outline" size="sm" tt="none">
                {word}
              </Badge>
            ))}
            <Text size="xs" c="dimmed">
              {metres === null ? t('noDistance') : t('apart', { distance: distance(metres) })} · {listing.organisation_name}
            </Text>
          </Group>
        </div>
        {may && (
          <Button size="compact-sm" flex="none" variant={open ? 'light' : 'default'} aria-expanded={open} onClick={() => setOpen(!open)} data-testid="match">
            {t('bringTogether')}
          </Button>
        )}
      </Group>
      {open && <Form fields={[{ name: 'note', kind: 'text', label: t('agreed'), required: true }]} hint={t('matchHint')} action={t('bringTogether')} busy={busy} onSend={(values) => match(values.note!.trim())} onCancel={() => setOpen(false)} />}
    </article>
  );
}
