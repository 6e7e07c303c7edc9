/** Inspections: how each organisation keeps up, what is overdue there, and the plans. Organisation and list stand in the address. */
import { Anchor, Badge, Breadcrumbs, Button, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { get, post } from '../api/request';
import type { Organisation } from '../api/types';
import { goTo, pathOf, useRoute } from '../app/route';
import { FollowUp } from '../desk/FollowUp';
import { instantOf } from '../format/moments';
import { useStore } from '../state/store';
import { usePages } from '../ui/list/usePages';
import { Answered, Empty, Fault } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import './inspections.css';
import { Plans } from './Plans';
import type { Inspection, Tally } from './types';
import './words';

const SHOWN = ['overdue', 'due', 'done'] as const;
type Show = (typeof SHOWN)[number];

const addressOf = (organisation: string, show: Show) => pathOf('inspections', [], { organisation, show: show === 'overdue' ? undefined : show });

export default function Inspections() {
  const { t } = useTranslation('inspections');
  const { query } = useRoute();
  const { me, organisations } = useStore();
  const organisation = query.organisation ?? me?.organisation.id ?? '';
  const show = SHOWN.find((one) => one === query.show) ?? 'overdue';
  return (
    <div className="inspections" data-testid="inspections">
      <main>
        <Title order={2} size="h4">
          {t('inspections')}
        </Title>
        <Way to={organisation} organisations={organisations} show={show} />
        <Tallies organisation={organisation} show={show} />
        <SegmentedControl value={show} onChange={(next) => goTo(addressOf(organisation, next as Show), true)} aria-label={t('show')} data={SHOWN.map((value) => ({ value, label: t(value) }))} data-testid="inspections-show" />
        <List organisation={organisation} show={show} />
      </main>
      <Plans />
    </div>
  );
}

/** From the top of the caller's tree down to the one that is shown. */
function Way({ to, organisations, show }: { to: string; organisations: readonly Organisation[]; show: Show }) {
  const way: Organisation[] = [];
  for (let one = organisations.find(({ id }) => id === to); one; one = organisations.find(({ id }) => id === one?.parent)) way.unshift(one);
  return (
    <Breadcrumbs>
      {way.map((one) => (
        <To key={one.id} organisation={one.id} show={show}>
          {one.name}
        </To>
      ))}
    </Breadcrumbs>
  );
}

function To({ organisation, show, children }: { organisation: string; show: Show; children: string }) {
  const to = addressOf(organisation, show);
  return (
    <Anchor href={to} size="sm" onClick={(event) => (event.preventDefault(), goTo(to))}>
      {children}
    </Anchor>
  );
}

function Tallies({ organisation, show }: { organisation: string; show: Show }) {
  const { t } = useTranslation('inspections');
  const asked = useAsked(async () => (await get<{ items: Tally[] }>('/registry/inspections/summary', { organisation: organisation || null })).items, [organisation]);
  return (
    <Answered asked={asked}>
      {(rows) =>
        rows.length > 0 && (
          <Table verticalSpacing={6} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {(['organisation', 'overdue', 'due', 'done30', 'oldest'] as const).map((one) => (
                  <Table.Th key={one}>{t(one)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((one) => (
                <Table.Tr key={one.organisation} data-testid="tally" data-organisation={one.organisation}>
                  <Table.Td>
                    <To organisation={one.organisation} show={show}>
                      {one.name}
                    </To>
                  </Table.Td>
                  <Table.Td>{one.overdue > 0 ? <b className="inspections-late">{one.overdue}</b> : 0}</Table.Td>
                  <Table.Td>{one.due}</Table.Td>
                  <Table.Td>{one.done}</Table.Td>
                  <Table.Td>{one.oldest ? instantOf(one.oldest) : '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Answered>
  );
}

function List({ organisation, show }: { organisation: string; show: Show }) {
  const { t } = useTranslation('inspections');
  const pages = usePages<Inspection>('/registry/inspections', { organisation: organisation || null, ...(show === 'done' ? { state: 'done' } : { state: 'due', overdue: show === 'overdue' }) });
  if (pages.problem) return <Fault problem={pages.problem} again={pages.again} />;
  if (pages.done && pages.rows.length === 0) return <Empty hint={t(`none_${show}_hint`)}>{t(`none_${show}`)}</Empty>;
  return (
    <>
      <ul className="inspections-list">
        {pages.rows.map((one) => (
          <li key={one.id} data-testid="inspection" data-overdue={one.overdue}>
            <div>
              <b>{one.place_name}</b>
              <Text size="sm" c="dimmed">
                {[one.plan_name, one.organisation_name, one.address].filter(Boolean).join(' · ')}
              </Text>
            </div>
            <State one={one} again={pages.again} />
          </li>
        ))}
      </ul>
      {!pages.done && (
        <Button variant="default" loading={pages.busy} onClick={pages.more}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

/** Farther than this from the place, whoever reads should ask why. */
const FAR_M = 200;
const REPORTERS = new Set(['administrator', 'commander', 'dispatcher', 'officer']);

function State({ one, again }: { one: Inspection; again: () => void }) {
  const { t } = useTranslation('inspections');
  const role = useStore((state) => state.me?.role ?? '');
  if (one.state !== 'done') return <Text size="sm" className={one.overdue ? 'inspections-late' : ''}>{t(one.overdue ? 'dueSince' : 'dueAt', { when: instantOf(one.due_at) })}</Text>;
  return (
    <div className="inspections-done">
      <Badge color={one.result === 'ok' ? 'teal' : 'orange'} variant="light" c="inherit" tt="none">
        {t(`result_${one.result ?? 'ok'}`)}
      </Badge>
      <Text size="sm" c="dimmed">
        {one.by_name} · {one.done_at && instantOf(one.done_at)}
      </Text>
      {(one.metres_off ?? 0) > FAR_M && <Text size="sm">{t('far', { metres: Math.round(one.metres_off ?? 0) })}</Text>}
      {one.result === 'faults' && <FollowUp incident={one.incident} may={REPORTERS.has(role)} report={(kind) => post(`/registry/inspections/${encodeURIComponent(one.id)}/incident`, { kind })} done={again} testId="inspection-report" />}
    </div>
  );
}
