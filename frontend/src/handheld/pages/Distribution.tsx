/** What is handed out in the member's grid: households that still wait, and the receipt each of them signs. Works without a network. */
import { Badge, Button, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { momentOf } from '../../format/moments';
import { nameIn } from '../../i18n';
import { isSigned } from '../../service/signature';
import type { Commodity, Listed, Mine } from '../../service/distribution/types';
import type { Stroke } from '../../service/types';
import { Empty } from '../../ui/States';
import { toSign, withSigned } from '../distribution';
import { goTo } from '../route';
import { here, outbox } from '../service';
import { setState, useHandheld } from '../store';
import { Dim, Heading, To } from './parts';
import { Signature } from './Signature';

/** id: none: all of them; a distribution's; or "<distribution>~<household>". */
export function DistributionPage({ id }: { id: string | null }) {
  const { t } = useTranslation('handheld');
  const distributions = useHandheld((state) => state.distributions);
  const [chosen, household] = id?.split('~') ?? [];
  const one = distributions.find((each) => each.id === chosen);
  const door = one?.listed.find((each) => each.household === household);
  if (one && door) return <Door distribution={one} door={door} />;
  if (one) return <Doors distribution={one} />;
  return (
    <Stack gap="sm">
      <Heading back="report">{t('distribution')}</Heading>
      {distributions.length === 0 && <Empty hint={t('noDistributionHint')}>{t('noDistribution')}</Empty>}
      {distributions.map((each) => (
        <To key={each.id} page="distribution" id={each.id} className="card" testId="distribution">
          <Text fw={650}>{each.title}</Text>
          <Dim>
            <GoodsLine distribution={each} />
          </Dim>
          <Progress mt={8} value={(100 * (each.listed.length - toSign(each).length)) / Math.max(1, each.listed.length)} aria-label={t('signedOf', countsOf(each))} />
          <Dim>{t('signedOf', countsOf(each))}</Dim>
        </To>
      ))}
    </Stack>
  );
}

const countsOf = (one: Mine) => ({ signed: one.listed.length - toSign(one).length, all: one.listed.length });

/** "2 bags Rice, 10 kg · 1 piece Quilt". */
function GoodsLine({ distribution }: { distribution: Mine }) {
  const { i18n } = useTranslation();
  const commodities = useHandheld((state) => state.commodities);
  const said = ({ commodity, quantity }: Mine['goods'][number]) => {
    const known = commodities.find((one) => one.code === commodity);
    return known ? `${nameIn(i18n.language, known.name_en, known.name_zh)} × ${quantity} ${unitOf(i18n.language, known)}` : `${commodity} × ${quantity}`;
  };
  return <>{distribution.goods.map(said).join(' · ')}</>;
}

const unitOf = (language: string, { unit_en, unit_zh }: Commodity): string => nameIn(language, unit_en, unit_zh);

function Doors({ distribution }: { distribution: Mine }) {
  const { t } = useTranslation('handheld');
  const [asked, setAsked] = useState('');
  const rows = distribution.listed.filter((one) => `${one.address} ${one.head}`.toLowerCase().includes(asked.trim().toLowerCase()));
  return (
    <Stack gap="sm">
      <Heading back="distribution">{distribution.title}</Heading>
      <Text size="sm">
        <GoodsLine distribution={distribution} />
      </Text>
      {distribution.note && <Dim>{distribution.note}</Dim>}
      <TextInput aria-label={t('findDoor')} placeholder={t('findDoor')} type="search" value={asked} onChange={(event) => setAsked(event.currentTarget.value)} />
      {rows.length === 0 && <Empty>{t('noDoor')}</Empty>}
      {[...rows].sort((a, b) => Number(a.signed_at !== null) - Number(b.signed_at !== null)).map((one) => (
        <To key={one.household} page="distribution" id={`${distribution.id}~${one.household}`} className={one.signed_at ? 'card ended' : 'card'} testId="door" data-signed={one.signed_at !== null}>
          <Group justify="space-between" gap={6} wrap="nowrap">
            <Text fw={650}>{one.address ?? one.household}</Text>
            {one.signed_at && (
              <Badge color="teal" variant="light" radius="sm" c="inherit">
                {t('signed')}
              </Badge>
            )}
          </Group>
          <Dim>
            {one.head ?? '–'} · {t('peopleHere', { count: one.people })}
          </Dim>
        </To>
      ))}
    </Stack>
  );
}

function Door({ distribution, door }: { distribution: Mine; door: Listed }) {
  const { t } = useTranslation('handheld');
  const waits = useHandheld(useShallow((state) => state.outbox.some((item) => item.doing === 'receipt' && item.body?.household === door.household && item.path.includes(distribution.id))));
  return (
    <Stack gap="sm">
      <Heading back="distribution" backId={distribution.id}>
        {door.address ?? door.household}
      </Heading>
      <Dim>
        {door.head ?? '–'} · {t('peopleHere', { count: door.people })} · {door.organisation_name}
      </Dim>
      <div className="card">
        <Text fw={650}>{distribution.title}</Text>
        <Text size="sm">
          <GoodsLine distribution={distribution} />
        </Text>
      </div>
      {door.signed_at ? (
        <Text role="status" data-testid="signed" data-waits={waits}>
          {t('signedAt', { time: momentOf(door.signed_at) })} {waits && `(${t('willBeSent')})`}
        </Text>
      ) : (
        <ReceiptForm distribution={distribution} door={door} />
      )}
    </Stack>
  );
}

function ReceiptForm({ distribution, door }: { distribution: Mine; door: Listed }) {
  const { t } = useTranslation('handheld');
  const [recipient, setRecipient] = useState('');
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const ready = recipient.trim() !== '' && isSigned(strokes);
  function send(event: FormEvent): void {
    event.preventDefault();
    if (!ready) return;
    const signed_at = new Date().toISOString();
    const body = { household: door.household, recipient: recipient.trim(), signature: strokes, signed_at, ...here() };
    void outbox.add({ doing: 'receipt', path: `/distributions/${encodeURIComponent(distribution.id)}/receipts`, body, about: `${distribution.title} · ${door.address ?? door.household}` });
    setState((state) => ({ distributions: withSigned(state.distributions, distribution.id, door.household, signed_at) }));
    goTo('distribution', distribution.id);
  }
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <TextInput label={t('recipient')} value={recipient} onChange={(event) => setRecipient(event.currentTarget.value)} maxLength={80} required data-testid="recipient" />
        <Signature strokes={strokes} change={setStrokes} />
        <Button type="submit" size="lg" disabled={!ready} data-testid="send-receipt">
          {t('sendReceipt')}
        </Button>
        <Dim>{t('receiptHint')}</Dim>
      </Stack>
    </form>
  );
}
