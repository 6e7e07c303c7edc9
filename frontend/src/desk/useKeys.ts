/** Keys of the whole command centre, done. */
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { useEffect } from 'react';
import { reasonOf } from '../api/request';
import { currentRoute, goTo, pathOf } from '../app/route';
import { useStore } from '../state/store';
import * as api from './api';
import { commandOf, neighbour, type Command } from './keys';
import { byAlarm, byUrgency, deedsOf, isOpen, withAlert } from './state';
import { useDesk } from './store';

interface Open {
  palette(): void;
  help(): void;
}

export function useKeys(open: Open): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.matches?.('input, textarea, select, [contenteditable]') ?? false;
      const command = event.defaultPrevented || target.closest?.('[role=dialog]') ? null : commandOf(event, typing);
      if (command === null) return;
      if (command.do !== 'close') event.preventDefault();
      void Promise.resolve(obey(command, open)).catch((error: unknown) => notifications.show({ message: reasonOf(error), color: 'red' }));
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [open]);
}

function obey(command: Command, open: Open): void | Promise<unknown> {
  switch (command.do) {
    case 'palette':
      return open.palette();
    case 'help':
      return open.help();
    case 'new':
      return goTo(pathOf('desk', ['new']));
    case 'map':
    case 'board':
      return goTo(pathOf(command.do));
    case 'next':
      return step(1);
    case 'previous':
      return step(-1);
    case 'accept':
      return accept();
    case 'send':
      return send(command.place);
    case 'acknowledge':
      return acknowledge();
    case 'close':
      return close();
  }
}

const openId = (): string | undefined => (currentRoute().page === 'desk' ? currentRoute().rest[0] : undefined);
const openIncident = () => useDesk.getState().desk.incidents.get(openId() ?? '');
const role = (): string => useStore.getState().me?.role ?? '';

function step(by: 1 | -1): void {
  const rows = [...useDesk.getState().desk.incidents.values()].filter(isOpen).sort(byUrgency);
  const next = neighbour(rows.map((one) => one.id), openId(), by);
  if (next) goTo(pathOf('desk', [next]));
}

function accept(): void | Promise<unknown> {
  const incident = openIncident();
  if (incident && deedsOf(incident, role()).includes('accept')) return useDesk.getState().do(incident.id, 'accept');
}

async function send(place: number): Promise<void> {
  const { candidates, send: dispatch } = useDesk.getState();
  const incident = openIncident();
  const candidate = candidates?.found.items[place - 1];
  if (!incident || !candidate || candidates?.incident !== incident.id || !deedsOf(incident, role()).includes('dispatch')) return;
  await dispatch(incident, candidate);
  notifications.show({ message: i18next.t('sent', { ns: 'desk', name: candidate.name, id: incident.id }), color: 'teal' });
}

async function acknowledge(): Promise<void> {
  const [first] = [...useDesk.getState().desk.alerts.values()].filter((one) => one.state === 'raised').sort(byAlarm);
  if (!first) return;
  const known = await api.alertStep(first.id, 'acknowledge');
  useDesk.setState({ desk: withAlert(useDesk.getState().desk, known) });
}

/** The selected member first, then the incident. */
function close(): void {
  if (useStore.getState().selected !== null) useStore.getState().select(null);
  else if (currentRoute().page === 'desk') goTo(pathOf('map'));
}
