/** What the member is sent to do: handling, verification, emergencies first; colleagues who call for help stand above all. */
import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../app/useNow';
import { momentOf } from '../../format/moments';
import { distance } from '../../format/units';
import { Empty } from '../../ui/States';
import { expectedState } from '../outbox/outbox';
import { goTo } from '../route';
import { setState, useHandheld, usePlace } from '../store';
import { isOpen, wayTo } from '../tasks/tasks';
import type { Alert as Sos, Task } from '../types';
import { Dim, KindName, Priority, To } from './parts';

const EMERGENCY = 1;

/** Which of the six functions a task belongs to. */
const functionOf = (task: Task): string =>
  task.purpose === 'handle' ? 'handling' : task.incident.priority === EMERGENCY ? 'emergencyVerification' : 'verification';

const FUNCTIONS = ['handling', 'emergencyVerification', 'verification'];

export function Tasks() {
  const { t } = useTranslation('handheld');
  const { tasks, alerts } = useHandheld();
  const ended = tasks.filter((task) => !isOpen(task));
  return (
    <Stack gap="lg">
      {alerts.map((alert) => (
        <Colleague key={alert.id} alert={alert} />
      ))}
      {!tasks.some(isOpen) && <Empty hint={t('noTasksHint')}>{t('noTasks')}</Empty>}
      {FUNCTIONS.map((name) => (
        <Section key={name} title={t(name)} tasks={tasks.filter((task) => isOpen(task) && functionOf(task) === name)} />
      ))}
      <Section title={t('ended')} tasks={ended} />
    </Stack>
  );
}

function Section({ title, tasks }: { title: string; tasks: readonly Task[] }) {
  if (tasks.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h5" mb={8}>
        {title}
      </Title>
      <Stack gap={8}>
        {tasks.map((task) => (
          <Card key={task.id} task={task} />
        ))}
      </Stack>
    </section>
  );
}

function Card({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const place = usePlace();
  const { incident } = task;
  return (
    <To page="task" id={task.id} className={isOpen(task) ? 'card' : 'card ended'} testId="task" data-priority={incident.priority} data-state={task.state}>
      <Group justify="space-between" mb={6} gap={6}>
        <Group gap={6}>
          <Priority incident={incident} />
          <State task={task} />
        </Group>
        {place && isOpen(task) && <Text fw={650}>{distance(wayTo(place, incident).metres)}</Text>}
      </Group>
      <Text fw={650}>
        <KindName incident={incident} />
      </Text>
      <Text size="sm" lineClamp={2} className="said">
        {incident.description}
      </Text>
      <Group justify="space-between" mt={6} gap={6}>
        <Dim>{incident.address ?? incident.id}</Dim>
        {task.state === 'offered' ? <AnswerBy task={task} /> : incident.due_at && isOpen(task) && <Dim>{t('due', { time: momentOf(incident.due_at) })}</Dim>}
      </Group>
    </To>
  );
}

/** Where it stands as far as the server said, and where it will stand once everything is sent. */
export function State({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const expected = expectedState(task, useHandheld((state) => state.outbox));
  return (
    <Badge variant="outline" color="gray" c="inherit" radius="sm" data-testid="task-state" data-state={task.state} data-expected={expected}>
      {t(`state_${expected}`)}
      {expected !== task.state && ` · ${t('willBeSent')}`}
    </Badge>
  );
}

export function AnswerBy({ task }: { task: Task }) {
  const { t } = useTranslation('handheld');
  const left = task.answer_by === null ? null : Math.round((Date.parse(task.answer_by) - useNow()) / 1000);
  if (left === null) return null;
  return <Text size="sm">{left < 0 ? t('answerLate') : t('answerWithin', { time: left < 120 ? `${left} s` : `${Math.round(left / 60)} min` })}</Text>;
}

function Colleague({ alert }: { alert: Sos }) {
  const { t } = useTranslation('handheld');
  const place = usePlace();
  const at = alert.latitude !== null && alert.longitude !== null ? { latitude: alert.latitude, longitude: alert.longitude } : null;
  return (
    <Alert color="red" role="alert" title={`${t('colleagueSos', { name: alert.name ?? alert.text })}${alert.drill ? ` · ${t('drill')}` : ''}`} data-testid="colleague">
      {at && place && <Text fw={650}>{t('straight', { distance: distance(wayTo(place, at).metres) })}</Text>}
      <Group gap={8} mt={8}>
        {at && (
          <Button component="a" href={`geo:${at.latitude},${at.longitude}?q=${at.latitude},${at.longitude}`} color="red.9">
            {t('goThere')}
          </Button>
        )}
        {alert.phone && (
          <Button component="a" href={`tel:${alert.phone}`} variant="default">
            {t('call')}
          </Button>
        )}
        <Button variant="default" onClick={() => goTo('emergency')}>
          {t('reportFound')}
        </Button>
        <Button variant="default" onClick={() => setState((state) => ({ alerts: state.alerts.filter((one) => one.id !== alert.id) }))}>
          {t('dismiss')}
        </Button>
      </Group>
    </Alert>
  );
}
