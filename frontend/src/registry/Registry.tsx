/** Basic data: sections at the left, the chosen one beside them. */
import '../admin/admin.css';
import '../admin/words';
import './registry.css';
import './words';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { useStore } from '../state/store';
import { Empty } from '../ui/States';
import { AccessRecord } from './AccessRecord';
import { Duplicates } from './duplicates/Duplicates';
import { ElementList } from './ElementList';
import { SPECS } from './elements';
import { GROUPS, SECTIONS, WORK, type SectionSpec } from './sections';

export default function Registry() {
  const { t } = useTranslation('registry');
  const section = useRoute().rest[0];
  const role = useStore((state) => state.me?.role ?? '');
  const work = WORK.find((one) => one.name === section);
  const shown = SECTIONS.find((one) => one.name === section) ?? SECTIONS.find((one) => mayOpen(one, role))!;
  const refused = work ? !work.roles.has(role) : !mayOpen(shown, role);
  return (
    <div className="admin registry">
      <Rail current={work?.name ?? shown.name} role={role} />
      {refused ? <Empty hint={t('notYoursHint')}>{t('notYours')}</Empty> : work?.name === 'duplicates' ? <Duplicates /> : work ? <AccessRecord /> : <ElementList key={shown.name} section={shown} />}
    </div>
  );
}

/** An observer sees no people. */
const mayOpen = (section: SectionSpec, role: string): boolean => !SPECS[section.element].isPrivate || role !== 'observer';

function Rail({ current, role }: { current: string; role: string }) {
  const { t } = useTranslation('registry');
  return (
    <nav className="admin-rail" aria-label={t('registry')}>
      {GROUPS.map((group) => {
        const sections = SECTIONS.filter((one) => one.group === group && mayOpen(one, role));
        return sections.length === 0 ? null : (
          <div key={group}>
            <Text component="h2" size="xs" c="dimmed" fw={600} className="registry-group">{t(`g_${group}`)}</Text>
            {sections.map((one) => <RailLink key={one.name} {...one} current={one.name === current} />)}
          </div>
        );
      })}
      <div>
        <Text component="h2" size="xs" c="dimmed" fw={600} className="registry-group">{t('g_work')}</Text>
        {WORK.filter((one) => one.roles.has(role)).map((one) => <RailLink key={one.name} {...one} current={one.name === current} />)}
      </div>
    </nav>
  );
}

function RailLink({ name, icon: Mark, current }: { name: string; icon: SectionSpec['icon']; current: boolean }) {
  const { t } = useTranslation('registry');
  const to = pathOf('registry', [name]);
  return (
    <a
      href={to}
      aria-current={current ? 'page' : undefined}
      data-testid={`section-${name}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      <Mark size={18} aria-hidden />
      <span>{t(`s_${name}`)}</span>
    </a>
  );
}
