/** Basic data: sections at the left, the chosen one beside them. */
import './registry.css';
import './words';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pathOf, useRoute } from '../app/route';
import { useStore } from '../state/store';
import { RailLink, Sections } from '../ui/Sections';
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
    <Sections className="registry" label={t('registry')} links={<Links current={work?.name ?? shown.name} role={role} />}>
      {refused ? <Empty hint={t('notYoursHint')}>{t('notYours')}</Empty> : work?.name === 'duplicates' ? <Duplicates /> : work ? <AccessRecord /> : <ElementList key={shown.name} section={shown} />}
    </Sections>
  );
}

/** An observer sees no people. */
const mayOpen = (section: SectionSpec, role: string): boolean => !SPECS[section.element].isPrivate || role !== 'observer';

function Links({ current, role }: { current: string; role: string }) {
  const { t } = useTranslation('registry');
  const link = ({ name, icon }: Pick<SectionSpec, 'name' | 'icon'>) => <RailLink key={name} name={name} label={t(`s_${name}`)} icon={icon} to={pathOf('registry', [name])} current={name === current} />;
  return (
    <>
      {GROUPS.map((group) => {
        const sections = SECTIONS.filter((one) => one.group === group && mayOpen(one, role));
        return sections.length === 0 ? null : (
          <div key={group}>
            <Text component="h2" size="xs" c="dimmed" fw={600} className="registry-group">{t(`g_${group}`)}</Text>
            {sections.map(link)}
          </div>
        );
      })}
      <div>
        <Text component="h2" size="xs" c="dimmed" fw={600} className="registry-group">{t('g_work')}</Text>
        {WORK.filter((one) => one.roles.has(role)).map(link)}
      </div>
    </>
  );
}
