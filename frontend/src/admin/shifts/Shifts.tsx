/** A week of shifts, by organisation; choosing one shows who is on it. */
import { ActionIcon, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { all } from '../../api/request';
import { follow, goTo } from '../../app/route';
import { timeOf } from '../../format/moments';
import { useNames } from '../../state/names';
import { OrganisationSelect } from '../../ui/form/organisations';
import { AskedPane, Pane } from '../../ui/form/Pane';
import { Section } from '../../ui/list/Section';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { close, pathToNew, pathToOne, setFilter, useAt } from '../at';
import type { Shift } from '../types';
import { Roster } from './Roster';
import { ShiftForm } from './ShiftForm';
import { ShiftTools } from './ShiftTools';
import { barsOf, dayOf, daysLater, dayText, lanesOf, mondayOf } from './week';

const SECTION = 'shifts';
/** Of a week; more than that nobody reads. */
const MOST = 5_000;
const LANE = 30;

export default function Shifts() {
  const { t } = useTranslation('admin');
  const { id, adding, query } = useAt();
  const names = useNames();
  const now = query.show === 'now';
  const monday = mondayOf(dayOf(query.week, new Date()));
  const week = dayText(monday);
  const asked = useAsked(() => all<Shift>('/shifts', { since: monday.toISOString(), until: daysLater(monday, 7).toISOString(), limit: 2_000 }, MOST), [week]);
  const shut = close(SECTION);
  const show = (days: number) => setFilter(SECTION, 'week', dayText(daysLater(monday, days)));
  return (
    <Section
      title={t('shifts')}
      hint={t('shiftsHint')}
      filters={
        <>
          <SegmentedControl size="sm" value={now ? 'now' : 'week'} onChange={(value) => setFilter(SECTION, 'show', value === 'now' ? 'now' : null)} aria-label={t('show')} data={(['week', 'now'] as const).map((value) => ({ value, label: t(`shifts_${value}`) }))} />
          <Group gap={4} wrap="nowrap" style={{ display: now ? 'none' : undefined }}>
            <ActionIcon variant="default" size="lg" aria-label={t('weekBefore')} onClick={() => show(-7)}>
              <IconChevronLeft size={16} aria-hidden />
            </ActionIcon>
            <Button variant="default" onClick={() => setFilter(SECTION, 'week', null)}>
              {t('thisWeek')}
            </Button>
            <ActionIcon variant="default" size="lg" aria-label={t('weekAfter')} onClick={() => show(7)}>
              <IconChevronRight size={16} aria-hidden />
            </ActionIcon>
          </Group>
          <OrganisationSelect label="" aria-label={t('organisation')} placeholder={t('everyOrganisation')} clearable value={query.organisation ?? null} onChange={(value) => setFilter(SECTION, 'organisation', value)} />
        </>
      }
      add={{ to: pathToNew(SECTION), label: t('addShift') }}
      pane={
        adding ? (
          <Pane key="new" kind={t('addShift')} title={t('newOne')} onClose={shut}>
            <div className="ui-pane-body">
              <ShiftForm shift={null} organisation={query.organisation ?? null} onDone={(made) => (asked.again(), goTo(pathToOne(SECTION, made.id)))} />
            </div>
          </Pane>
        ) : (
          id !== null && (
            <AskedPane key={id} kind={t('shift')} title={(asked.data ?? []).find((one) => one.id === id)?.name ?? id} ask={() => api.shift(id)} on={[id]} onClose={shut}>
              {(shift, again) => (
                <>
                  <ShiftForm key={JSON.stringify(shift)} shift={shift} organisation={null} onDone={() => (asked.again(), again())} />
                  <ShiftTools shift={shift} onChanged={again} onRemoved={() => (asked.again(), shut())} />
                </>
              )}
            </AskedPane>
          )
        )
      }
    >
      {now ? (
        <Roster organisation={query.organisation} names={names} />
      ) : (
        <Answered asked={asked}>{(shifts) => <Week shifts={shifts} monday={monday} selected={id} within={withinOf(names.byId, query.organisation)} name={names.of} />}</Answered>
      )}
    </Section>
  );
}

interface WeekProps {
  shifts: readonly Shift[];
  monday: Date;
  selected: string | null;
  within: (organisation: string) => boolean;
  name: (organisation: string) => string;
}

function Week({ shifts, monday, selected, within, name }: WeekProps) {
  const { t, i18n } = useTranslation('admin');
  const groups = useMemo(() => {
    const found = new Map<string, Shift[]>();
    for (const one of shifts) if (within(one.organisation)) found.set(one.organisation, [...(found.get(one.organisation) ?? []), one]);
    return [...found].map(([organisation, all]) => ({ organisation, bars: barsOf(all, monday) })).sort((a, b) => name(a.organisation).localeCompare(name(b.organisation)));
  }, [shifts, monday.getTime(), within, name]);
  const days = Array.from({ length: 7 }, (_, n) => daysLater(monday, n));
  const today = dayText(new Date());
  const format = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', day: 'numeric', month: 'short' });
  return (
    <div className="ui-scroll admin-week" tabIndex={0} role="group" aria-label={t('weekOf', { day: format.format(monday) })}>
      <div className="admin-week-head" aria-hidden>
        <span>{t('organisation')}</span>
        {days.map((day) => (
          <span key={dayText(day)} className={dayText(day) === today ? 'today' : ''}>
            {format.format(day)}
          </span>
        ))}
      </div>
      {groups.length === 0 && <Empty hint={t('noShiftsHint')}>{t('noShifts')}</Empty>}
      {groups.map(({ organisation, bars }) => (
        <div key={organisation} className="admin-week-row">
          <Text size="sm" fw={600} className="admin-week-name" component="h3">
            {name(organisation)}
          </Text>
          <ul className="admin-week-lanes" style={{ height: lanesOf(bars) * LANE + 8 }} aria-label={name(organisation)}>
            {bars.map(({ shift, left, width, lane }) => (
              <li key={shift.id} style={{ left: `${left * 100}%`, width: `${width * 100}%`, top: 4 + lane * LANE }}>
                <a
                  href={pathToOne(SECTION, shift.id)}
                  aria-current={shift.id === selected || undefined}
                  data-testid="shift-bar"
                  title={`${shift.name} · ${hours(shift)} · ${t('people', { count: shift.members.length })}`}
                  onClick={follow(pathToOne(SECTION, shift.id))}
                >
                  <b>{shift.name}</b> <span aria-hidden>{shift.members.length}</span>
                  <span className="admin-hidden">
                    {hours(shift)}, {t('people', { count: shift.members.length })}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

const hours = ({ starts_at, ends_at }: Shift): string => `${timeOf(starts_at)}–${timeOf(ends_at)}`;

/** Whether an organisation lies in the subtree of `top`; every one where there is none. */
function withinOf(byId: ReadonlyMap<string, { parent: string | null }>, top: string | undefined): (organisation: string) => boolean {
  return (organisation) => {
    if (!top) return true;
    for (let at: string | null | undefined = organisation; at; at = byId.get(at)?.parent) if (at === top) return true;
    return false;
  };
}
