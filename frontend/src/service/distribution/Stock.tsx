/** Stores: what each holds of each commodity, what came and went, and what is booked. */
import { Anchor, Button, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/key';
import { useDeed } from '../../desk/useDeed';
import { useStore } from '../../state/store';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import { said, type Field, type Values } from '../fields';
import { Form } from '../Form';
import { mayWork } from '../state';
import * as api from './api';
import { nameOf, unitOf } from './state';
import type { Commodity, ReportRow, Store } from './types';

const DAYS = ['7', '30', '365'] as const;
const MOVES = ['delivery', 'transfer', 'correction', 'addStore'] as const;
type Move = (typeof MOVES)[number];

export default function Stock() {
  const { t } = useTranslation('service');
  const may = mayWork(useStore((state) => state.me?.role ?? ''));
  const [days, setDays] = useState<string>('30');
  const commodities = useAsked(api.commodities, []);
  const stores = useAsked(api.stores, []);
  const report = useAsked(() => api.report(Number(days)), [days]);
  const again = () => (stores.again(), report.again());
  return (
    <div className="service-whole service" style={{ gridTemplateColumns: 'minmax(0, 1fr)' }} data-testid="room-stock">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('stock')}
        </Title>
        <Group gap={10}>
          <SegmentedControl size="xs" aria-label={t('period')} value={days} onChange={setDays} data={DAYS.map((value) => ({ value, label: t('lastDays', { count: Number(value) }) }))} />
          <Anchor size="sm" href="/api/v1/reports/stock.csv" download>
            {t('ledgerCsv')}
          </Anchor>
        </Group>
      </Group>
      {may && <Book stores={stores.data ?? []} commodities={commodities.data ?? []} onDone={again} />}
      <Answered asked={report}>{({ items }) => (items.length ? <Table rows={items} commodities={commodities.data ?? []} /> : <Empty hint={t('stockHint')}>{t(stores.data?.length ? 'stockEmpty' : 'stockNone')}</Empty>)}</Answered>
    </div>
  );
}

const FIGURES = ['opening', 'delivered', 'issued', 'moved', 'corrected', 'quantity'] as const;

function Table({ rows, commodities }: { rows: readonly ReportRow[]; commodities: readonly Commodity[] }) {
  const { t, i18n } = useTranslation('service');
  return (
    <table className="service-table" data-testid="stock-report">
      <thead>
        <tr>
          <th>{t('store')}</th>
          <th>{t('commodity')}</th>
          {FIGURES.map((one) => (
            <th key={one} className="number">
              {t(`figure_${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, n) => (
          <tr key={`${row.store} ${row.commodity}`}>
            <td>{rows[n - 1]?.store !== row.store && <><b>{row.store_name}</b><Text size="xs" c="dimmed">{row.organisation_name}</Text></>}</td>
            <td>{nameOf(i18n.language, commodities, row.commodity)}</td>
            {FIGURES.map((one) => (
              <td key={one} className="number">
                {one === 'quantity' ? <b>{`${row[one]}${unitOf(i18n.language, commodities, row.commodity)}`}</b> : row[one] || <Text span c="dimmed">–</Text>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface BookProps {
  stores: readonly Store[];
  commodities: readonly Commodity[];
  onDone: () => void;
}

/** What is booked: one of four short forms. */
function Book({ stores, commodities, onDone }: BookProps) {
  const { t, i18n } = useTranslation('service');
  const [open, setOpen] = useState<Move | null>(null);
  const key = useRef(newKey());
  const { busy, run } = useDeed();
  const send = async (move: Move, values: Values) => {
    if (await run(() => sent(move, values, key.current), t('booked'))) {
      key.current = newKey();
      setOpen(null);
      onDone();
    }
  };
  const store = { data: stores.map((one) => ({ value: one.id, label: `${one.name} · ${one.organisation_name}` })), kind: 'choice' as const, required: true };
  const common: Field[] = [
    { name: 'store', label: t('store'), ...store },
    { name: 'commodity', kind: 'choice', label: t('commodity'), required: true, data: commodities.filter((one) => !one.retired).map(({ code }) => ({ value: code, label: nameOf(i18n.language, commodities, code) })) },
  ];
  const note: Field = { name: 'note', kind: 'text', label: t('note') };
  const fields: Record<Move, Field[]> = {
    delivery: [...common, { name: 'quantity', kind: 'number', label: t('quantity'), required: true }, note],
    transfer: [...common, { name: 'to', label: t('toStore'), ...store }, { name: 'quantity', kind: 'number', label: t('quantity'), required: true }, note],
    correction: [...common, { name: 'quantity', kind: 'number', label: t('moreOrLess'), hint: t('correctionHint'), required: true, least: -1_000_000 }, { ...note, required: true }],
    addStore: [{ name: 'name', kind: 'line', label: t('name'), required: true }, { name: 'organisation', kind: 'organisation', label: t('organisation'), required: true }, { name: 'address', kind: 'line', label: t('address') }],
  };
  return (
    <section aria-label={t('book')} style={{ maxWidth: 560 }}>
      <Group gap={8}>
        {MOVES.filter((move) => stores.length > 0 || move === 'addStore').map((move) => (
          <Button key={move} size="xs" variant={move === open ? 'light' : 'default'} aria-expanded={move === open} onClick={() => setOpen(move === open ? null : move)} data-testid={`book-${move}`}>
            {t(`book_${move}`)}
          </Button>
        ))}
      </Group>
      {open && <Form key={open} fields={fields[open]} action={t('bookIt')} busy={busy} onSend={(values) => void send(open, values)} onCancel={() => setOpen(null)} />}
    </section>
  );
}

function sent(move: Move, values: Values, key: string): Promise<unknown> {
  if (move === 'addStore') return api.addStore(said(values, 'organisation', 'name', 'address'), key);
  const body = { kind: move, quantity: Number(values.quantity), ...said(values, 'commodity', 'note', ...(move === 'transfer' ? ['to'] : [])) };
  return api.move(values.store!, body, key);
}
