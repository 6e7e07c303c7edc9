/** A new distribution: the area, who in it, what each household gets, out of which store; how many that reaches is said before. */
import { Alert, Button, Group, MultiSelect, NumberInput, Select, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { useDeed } from '../../desk/useDeed';
import { useGroupName, useGroups } from '../../state/groups';
import { useAsked } from '../../ui/useAsked';
import { OrganisationChoice } from '../OrganisationChoice';
import * as api from './api';
import { lacking, nameOf } from './state';
import type { Commodity, Goods } from './types';

const MOST_GOODS = 10;

export function NewDistribution({ commodities, onMade }: { commodities: readonly Commodity[]; onMade: (id: string) => void }) {
  const { t } = useTranslation('service');
  const [title, setTitle] = useState('');
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState<api.Asked>({ organisation: '', groups: [], least_people: 1 });
  const [store, setStore] = useState<string | null>(null);
  const [goods, setGoods] = useState<readonly Goods[]>([{ commodity: '', quantity: 1 }]);
  const key = useRef(newKey());
  const stores = useAsked(api.stores, []);
  const { busy, run } = useDeed();
  const ready = title.trim() !== '' && asked.organisation !== '' && store !== null && goods.every((one) => one.commodity !== '' && one.quantity > 0);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void run(async () => onMade((await api.open({ ...asked, title: title.trim(), note: note.trim() || null, store, goods }, key.current)).id), t('done_open'));
  };
  return (
    <form className="service-new service-form" onSubmit={send} data-testid="new-distribution">
      <Title order={3} size="h4">
        {t('newDistribution')}
      </Title>
      <TextInput label={t('title')} required maxLength={120} value={title} onChange={(event) => setTitle(event.currentTarget.value)} data-testid="field-title" />
      <OrganisationChoice label={t('area')} required value={asked.organisation || null} onChange={(organisation) => setAsked({ ...asked, organisation: organisation ?? '' })} data-testid="field-organisation" />
      <Who asked={asked} change={setAsked} />
      <Select label={t('store')} required data={(stores.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.organisation_name}` }))} value={store} onChange={setStore} searchable nothingFoundMessage={t('nothingFound')} error={stores.problem} data-testid="field-store" />
      <What goods={goods} change={setGoods} commodities={commodities} />
      <Textarea label={t('note')} maxLength={2_000} autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {asked.organisation !== '' && <Reach asked={asked} goods={goods} stock={stores.data?.find((one) => one.id === store)} commodities={commodities} />}
      <Group>
        <Button type="submit" loading={busy} disabled={!ready} data-testid="open-distribution">
          {t('openIt')}
        </Button>
      </Group>
    </form>
  );
}

function Who({ asked, change }: { asked: api.Asked; change: (asked: api.Asked) => void }) {
  const { t } = useTranslation('service');
  const groups = useGroups((state) => state.groups);
  const groupName = useGroupName();
  return (
    <>
      <MultiSelect label={t('criteria')} description={t('criteriaHint')} data={groups.map(({ code }) => ({ value: code, label: groupName(code) }))} value={[...asked.groups]} onChange={(chosen) => change({ ...asked, groups: chosen })} clearable clearButtonProps={{ 'aria-label': t('clear') }} data-testid="field-groups" />
      <NumberInput label={t('leastPeople')} min={0} max={50} allowDecimal={false} value={asked.least_people} onChange={(least) => change({ ...asked, least_people: Number(least) || 0 })} />
    </>
  );
}

function What({ goods, change, commodities }: { goods: readonly Goods[]; change: (goods: readonly Goods[]) => void; commodities: readonly Commodity[] }) {
  const { t, i18n } = useTranslation('service');
  const free = (mine: string) => commodities.filter((one) => !one.retired && (one.code === mine || !goods.some(({ commodity }) => commodity === one.code)));
  const put = (n: number, part: Partial<Goods>) => change(goods.map((one, at) => (at === n ? { ...one, ...part } : one)));
  return (
    <>
      {goods.map((one, n) => (
        <Group key={n} gap={8} align="end" wrap="nowrap">
          <Select flex={1} label={n === 0 ? t('eachGets') : undefined} aria-label={t('eachGets')} required data={free(one.commodity).map(({ code }) => ({ value: code, label: nameOf(i18n.language, commodities, code) }))} value={one.commodity || null} onChange={(commodity) => put(n, { commodity: commodity ?? '' })} searchable data-testid="field-commodity" />
          <NumberInput w={100} aria-label={t('quantity')} min={1} max={1_000_000} allowDecimal={false} value={one.quantity} onChange={(quantity) => put(n, { quantity: Number(quantity) || 0 })} data-testid="field-quantity" />
        </Group>
      ))}
      {goods.length < MOST_GOODS && (
        <Group>
          <Button size="compact-sm" variant="default" onClick={() => change([...goods, { commodity: '', quantity: 1 }])}>
            {t('anotherCommodity')}
          </Button>
        </Group>
      )}
    </>
  );
}

interface ReachProps {
  asked: api.Asked;
  goods: readonly Goods[];
  stock: Parameters<typeof lacking>[0];
  commodities: readonly Commodity[];
}

function Reach({ asked, goods, stock, commodities }: ReachProps) {
  const { t, i18n } = useTranslation('service');
  const [settled] = useDebouncedValue(asked, 300);
  const { data, problem } = useAsked(() => api.reach(settled), [settled]);
  if (problem) return <Alert color="red">{problem}</Alert>;
  if (!data) return null;
  const short = stock ? lacking(stock, goods.filter((one) => one.commodity !== ''), data.households) : [];
  return (
    <Alert color={short.length || data.households === 0 ? 'orange' : 'teal'} data-testid="reach">
      <Text size="sm">{t('reaches', data)}</Text>
      {short.map((one) => (
        <Text size="sm" key={one.commodity}>
          {t('lacks', { name: nameOf(i18n.language, commodities, one.commodity), needed: one.needed, held: one.held })}
        </Text>
      ))}
    </Alert>
  );
}
