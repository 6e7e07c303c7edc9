/** The foot of every page: four places, and the cry for help between them. */
import { IconClipboardList, IconMessage, IconPencilPlus, IconUser } from '@tabler/icons-react';
import type { ComponentType, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, type PageName, pathOf, useRoute } from './route';
import { SosButton } from './SosButton';
import { useHandheld } from './store';
import { isOpen } from './tasks/tasks';

const HOMES: Partial<Record<PageName, PageName>> = { task: 'tasks', incident: 'report', emergency: 'report', registry: 'report', household: 'report', form: 'report', inspections: 'report', inspection: 'report', distribution: 'report', diary: 'report', help: 'report', score: 'me', channel: 'messages', tracking: 'me', unsent: 'me' };

export function Tabs() {
  const { tasks, notices, rollCalls } = useHandheld();
  return (
    <nav className="handheld-tabs">
      <Tab page="tasks" icon={IconClipboardList} count={tasks.filter(isOpen).length} />
      <Tab page="report" icon={IconPencilPlus} count={0} />
      <SosButton />
      <Tab page="messages" icon={IconMessage} count={notices.filter((one) => one.read_at === null).length + rollCalls.length} />
      <Tab page="me" icon={IconUser} count={0} />
    </nav>
  );
}

function Tab({ page, icon: Icon, count }: { page: 'tasks' | 'report' | 'messages' | 'me'; icon: ComponentType<{ size: number }>; count: number }) {
  const { t } = useTranslation('handheld');
  const route = useRoute();
  function go(event: MouseEvent): void {
    event.preventDefault();
    goTo(page);
  }
  return (
    <a href={pathOf(page)} onClick={go} aria-current={(HOMES[route.page] ?? route.page) === page ? 'page' : undefined} data-testid={`tab-${page}`}>
      <Icon size={22} aria-hidden />
      {t(page)}
      {count > 0 && <span className="badge">{count}</span>}
    </a>
  );
}
