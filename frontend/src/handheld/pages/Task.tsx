/** One task: the way there, what it is about, and the next steps as large buttons. */
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconMap2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { clock, course, distance } from '../../format/units';
import type { Ahead } from '../../geo/way';
import { Empty } from '../../ui/States';
import { type Doing, expectedState } from '../outbox/outbox';
import { here, outbox } from '../service';
import { placeOf, useHandheld, usePlace } from '../store';
import { isOpen, seemsThere, wayTo } from '../tasks/tasks';
import { useWay } from '../tasks/useWay';
import type { KeptWay } from '../tasks/ways';
import type { Task } from '../types';
import { Done, NoteForm } from './Done';
import { SmallMap } from './Map';
import { Dim, Heading, KindName, Priority } from './parts';
import { AnswerBy, State } from './Tasks';

export function TaskPage({ id }: { id: string | null }) {
  const { t } = useTranslation('handheld');
  const task = useHandheld((state) => state.tasks.find((one) => one.id === id));
  if (!task)
    return (
      <>
        <Heading back="tasks">{t('tasks')}</Heading>
        <Empty>{t('taskGone')}</Empty>
      </>
    );
  return <Shown task={task} />;
}

function Shown({ task }: { task: Task }) {
  const { incident } = task;
  return (
    <Stack gap="sm">
      <Heading back="tasks">
        <KindName incident={incident} />
      </Heading>
      <Group gap={6}>
        <Priority incident={incident} />
        <State task={task} />
        {task.state === 'offered' && <AnswerBy task={task} />}
      </Group>
      <Steps task={task} />
      <Way task={task} />
      <Facts task={task} />
    </Stack>
  );
}

function Way({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const own = usePlace();
  const { incident } = task;
  const point = `${incident.latitude},${incident.longitude}`;
  const ahead = useWay(task, own);
  const known = ahead && ahead.way.basis !== 'line' ? ahead : null;
  const straight = own && wayTo(own, incident);
  const line = useMemo(() => known?.line, [known?.way, own]);
  return (
    <>
      <SmallMap target={incident} own={own} way={line} />
      <Group justify="space-between" gap={8}>
        <div data-testid="way" data-basis={ahead?.way.basis ?? 'none'}>
          {known ? <Along known={known} /> : <Text fw={650}>{straight ? `${t('straight', { distance: distance(straight.metres) })} · ${course(straight.bearing)}` : ''}</Text>}
          {!known && ahead && <Dim>{t('noStreets')}</Dim>}
        </div>
        <Button component="a" variant="default" href={`geo:${point}?q=${point}(${encodeURIComponent(incident.id)})`} leftSection={<IconMap2 size={18} aria-hidden />} data-testid="navigate">
          {t('navigate')}
        </Button>
      </Group>
    </>
  );
}

/** Metres and minutes along streets; without a network, of when the way is. */
function Along({ known }: { known: Ahead & KeptWay }) {
  const { t } = useTranslation('handheld');
  const { online } = useNetwork();
  const offline = useHandheld((state) => state.link !== 'live') || !online;
  return (
    <>
      <Text fw={650}>{t('along', { distance: distance(known.metres), minutes: Math.max(1, Math.round(known.seconds / 60)) })}</Text>
      {offline && <Dim>{t('wayOf', { time: clock(known.at) })}</Dim>}
    </>
  );
}

function Facts({ task: { incident } }: { task: Task }) {
  const { t } = useTranslation('handheld');
  return (
    <div>
      <Text className="said">{incident.description}</Text>
      <Dim>
        {incident.id} · {incident.address ?? `${incident.latitude.toFixed(5)}, ${incident.longitude.toFixed(5)}`}
        {incident.due_at && ` · ${t('due', { time: momentOf(incident.due_at) })}`}
      </Dim>
    </div>
  );
}

/** Keep a step of this task; it is sent as soon as it can be. */
function step(task: Task, doing: Doing, more: Record<string, unknown> = {}): void {
  const path = `/assignments/${encodeURIComponent(task.id)}/${doing}`;
  void outbox.add({ doing, path, body: { ...here(), ...more }, about: task.incident.id, task: task.id });
}

function Steps({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const state = expectedState(task, useHandheld((now) => now.outbox));
  const near = useHandheld((now) => seemsThere(task, placeOf(now)));
  const [declining, setDeclining] = useState(false);
  if (!isOpen({ state })) return null;
  const big = (doing: Doing, label: string, isMain: boolean) => (
    <Button size="lg" variant={isMain ? 'filled' : 'default'} onClick={() => step(task, doing)} data-testid={`do-${doing}`} flex="1 1 38%">
      {t(label)}
    </Button>
  );
  return (
    <Stack gap={8}>
      {near && (state === 'acknowledged' || state === 'en_route') && (
        <Alert data-testid="seems-there" role="status">
          {t('seemsThere')}
        </Alert>
      )}
      <Group gap={8}>
        {state === 'offered' && big('acknowledge', 'acknowledge', true)}
        {state === 'acknowledged' && big('en-route', 'enRoute', !near)}
        {(state === 'acknowledged' || state === 'en_route') && big('arrive', 'arrive', near || state === 'en_route')}
        {state !== 'on_scene' && (
          <Button size="lg" variant="default" flex="1 1 30%" onClick={() => setDeclining(true)} data-testid="do-decline">
            {t('decline')}
          </Button>
        )}
      </Group>
      {state === 'on_scene' ? <Done task={task} /> : state !== 'offered' && <NoteForm task={task} />}
      {declining && <Decline task={task} close={() => setDeclining(false)} />}
    </Stack>
  );
}

function Decline({ task, close }: { task: Task; close: () => void }) {
  const { t } = useTranslation('handheld');
  const [reason, setReason] = useState('');
  return (
    <Modal opened onClose={close} title={t('whyDecline')} centered closeButtonProps={{ 'aria-label': t('no') }}>
      <Stack>
        <Textarea label={t('reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={3} maxLength={4000} data-autofocus data-testid="reason" />
        <Button
          size="lg"
          disabled={!reason.trim()}
          data-testid="decline"
          onClick={() => {
            step(task, 'decline', { reason: reason.trim() });
            close();
          }}
        >
          {t('decline')}
        </Button>
      </Stack>
    </Modal>
  );
}
