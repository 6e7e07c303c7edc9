/** The time machine: the whole picture at any past moment, played at up to 600 times its pace. */
import './words';
import './time.css';
import { ActionIcon, Alert, Button, CloseButton, Group, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconHistory, IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerTrackNextFilled, IconPlayerTrackPrevFilled } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { currentRoute, goTo, pathOf, useRoute } from '../app/route';
import { deskOf, useDesk } from '../desk/store';
import '../desk/words';
import { secondOf } from '../format/moments';
import { nameIn } from '../i18n';
import { PACES, serverNow, useTime } from './store';
import { Line } from './Line';

const FIRST_MS = 60_000; // ago: there is something to see, also of a server that was started just now
const STEP_MS = 10_000;
const STRIDE_MS = 300_000;
const DAY_MS = 86_400_000;
const ADDRESS_MS = 500;

export default function TimeMachine() {
  const { t } = useTranslation('time');
  const { at, playing, waiting, problem, pace } = useTime();
  const { seek, play, setPace } = useTime.getState();
  useEffect(() => {
    const { query } = currentRoute();
    const asked = Date.parse(query.at ?? '');
    const wanted = Number(query.pace);
    useTime.getState().open(Number.isFinite(asked) ? asked : serverNow() - FIRST_MS, PACES.find((one) => one === wanted) ?? 60);
    window.addEventListener('keydown', key);
    document.documentElement.dataset.past = 'shown';
    return () => {
      window.removeEventListener('keydown', key);
      delete document.documentElement.dataset.past;
      useTime.getState().close();
    };
  }, []);
  useAddress();
  if (at === null) return null;
  return (
    <>
      <Banner at={at} />
      <section className="time-machine" aria-label={t('instant')} data-testid="time-machine">
        <Group gap={8} wrap="nowrap" className="time-row">
          <Tool label={t('dayBefore')} act={() => seek(at - DAY_MS)} icon={<IconChevronLeft size={18} aria-hidden />} />
          <input
            className="time-when" type="datetime-local" step={1} aria-label={t('instant')} value={localText(at)} data-testid="time-when"
            onChange={(event) => event.currentTarget.value && seek(new Date(event.currentTarget.value).getTime())}
          />
          <Tool label={t('dayAfter')} act={() => seek(at + DAY_MS)} icon={<IconChevronRight size={18} aria-hidden />} />
          <span className="time-gap" />
          <Tool label={t('earlier')} act={() => seek(at - STEP_MS)} icon={<IconPlayerTrackPrevFilled size={16} aria-hidden />} />
          <Tooltip label={t(playing ? 'pause' : 'play')}>
            <ActionIcon size="lg" radius="xl" aria-label={t(playing ? 'pause' : 'play')} onClick={() => play(!playing)} data-testid="time-play">
              {playing ? <IconPlayerPauseFilled size={18} aria-hidden /> : <IconPlayerPlayFilled size={18} aria-hidden />}
            </ActionIcon>
          </Tooltip>
          <Tool label={t('later')} act={() => seek(at + STEP_MS)} icon={<IconPlayerTrackNextFilled size={16} aria-hidden />} />
          <SegmentedControl
            size="xs" aria-label={t('pace')} value={String(pace)} onChange={(value) => setPace(Number(value))} data-testid="time-pace"
            data={PACES.map((one) => ({ value: String(one), label: `${one}×` }))}
          />
          <Text size="xs" c="dimmed" className="time-keys" truncate role="status">
            {waiting ? t('waiting') : t('keys')}
          </Text>
          <Legend />
        </Group>
        <Line />
        {problem && (
          <Alert color="red" p={6} role="alert">
            {problem}
          </Alert>
        )}
        <Picked />
      </section>
    </>
  );
}

function Tool({ label, act, icon }: { label: string; act: () => void; icon: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** Over the header, so that nobody takes the past for the present. */
function Banner({ at }: { at: number }) {
  const { t } = useTranslation('time');
  return (
    <div className="past-banner" role="status" data-testid="past-banner">
      <IconHistory size={18} aria-hidden />
      <span>{t('past')}</span>
      <b data-testid="past-time" data-at={at}>
        {secondOf(at)}
      </b>
      <Button size="compact-sm" color="dark" onClick={() => goTo(pathOf('map'))} data-testid="back-to-now">
        {t('backToNow')}
      </Button>
    </div>
  );
}

function Legend() {
  const { t } = useTranslation('time');
  const { incidents, alerts } = useDesk(deskOf);
  return (
    <Text size="sm" className="time-counts">
      <i className="time-bar" aria-hidden /> {t('incidents')} <b data-testid="time-open">{incidents.size}</b> {t('open')}
      <i className="time-tick" aria-hidden /> {t('alerts')} <b>{alerts.size}</b> {t('open')}
    </Text>
  );
}

/** The incident or alert that was clicked on the map, as it stood then. */
function Picked() {
  const { t, i18n } = useTranslation('time');
  const { t: desk } = useTranslation('desk');
  const { rest, query } = useRoute();
  const { incidents, alerts } = useDesk(deskOf);
  const [incident, alert] = [incidents.get(rest[0] ?? ''), alerts.get(rest[0] ?? '')];
  if (!incident && !alert) return null;
  return (
    <Group className="time-picked" gap={10} wrap="nowrap" data-testid="time-picked">
      <b>{rest[0]}</b>
      {incident && (
        <>
          <span>
            {t('priority')} {incident.priority} · {nameIn(i18n.language, incident.kind_en, incident.kind_zh)} · {desk(`state_${incident.state}`)}
          </span>
          <Text size="sm" truncate>
            {incident.description}
          </Text>
          {incident.assignments.map((one) => (
            <span key={one.id} data-testid="past-assignment">
              <b>{one.name ?? one.department}</b> {desk(`step_${one.state}`)}
            </span>
          ))}
        </>
      )}
      {alert && (
        <span>
          {desk(`alert_${alert.kind}`)} · {alert.name ?? alert.text}
        </span>
      )}
      <CloseButton size="sm" aria-label={t('close')} onClick={() => goTo(pathOf('time', [], query), true)} />
    </Group>
  );
}

/** The address follows what is looked at, so that it can be sent to somebody. */
function useAddress(): void {
  useEffect(() => {
    let timer = 0;
    const write = () => {
      const { at, pace } = useTime.getState();
      const here = currentRoute();
      if (at !== null && here.page === 'time') goTo(pathOf('time', here.rest, { at: new Date(Math.round(at / 1000) * 1000).toISOString().replace('.000', ''), pace: String(pace) }), true);
    };
    const stop = useTime.subscribe((now, before) => {
      if (now.at === before.at && now.pace === before.pace) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(write, ADDRESS_MS);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, []);
}

/** Space plays; arrows step, with Shift further. */
function key(event: KeyboardEvent): void {
  const target = event.target;
  if (target instanceof HTMLElement && target.closest('input:not([type=range]), textarea, [role=radiogroup], [role=tree]')) return;
  const { at, playing, seek, play } = useTime.getState();
  if (at === null || event.ctrlKey || event.altKey || event.metaKey) return;
  const far = event.shiftKey ? STRIDE_MS : STEP_MS;
  if (event.key === 'ArrowLeft') seek(at - far);
  else if (event.key === 'ArrowRight') seek(at + far);
  else if (event.key === ' ' && !(target instanceof HTMLButtonElement)) play(!playing);
  else return;
  event.preventDefault();
}

/** "2026-11-24T12:00:05" of the clock here. */
function localText(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

