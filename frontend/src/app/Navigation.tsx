/** The pages as a rail at the left: a click goes there, with Ctrl or the middle button it opens a window of its own. */
import {
  IconBell, IconBuildingCommunity, IconBuildingSkyscraper, IconChartBar, IconClipboardSearch, IconDatabase, IconForms, IconHeartHandshake, IconHistory, IconLayoutKanban, IconMap2, IconMessages, IconSettings, IconShieldCheck, IconTrophy, IconUsersGroup, type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';
import { mayOpen, RAIL, type Shown } from './pages';
import { follow, pathOf, useRoute } from './route';

const ICONS: Record<Shown, Icon> = {
  map: IconMap2, board: IconLayoutKanban, event: IconUsersGroup, talk: IconMessages, notices: IconBell, time: IconHistory, city: IconBuildingSkyscraper, registry: IconDatabase, statistics: IconChartBar, appraisal: IconTrophy, service: IconHeartHandshake, party: IconBuildingCommunity, social: IconShieldCheck, forms: IconForms, inspections: IconClipboardSearch, admin: IconSettings,
};

export function Navigation() {
  const { t } = useTranslation();
  const role = useStore((state) => state.me?.role ?? '');
  return (
    <nav className="pages" aria-label={t('pages')}>
      {RAIL.map((group) => (
        <div key={group[0]}>
          {group.filter((one) => mayOpen(one, role)).map((one) => (
            <PageLink key={one} page={one} />
          ))}
        </div>
      ))}
    </nav>
  );
}

function PageLink({ page }: { page: Shown }) {
  const { t } = useTranslation();
  const shown = useRoute().page;
  const Mark = ICONS[page];
  return (
    <a
      href={pathOf(page)}
      aria-current={shown === page || (page === 'map' && shown === 'desk') ? 'page' : undefined}
      data-testid={`page-${page}`}
      onClick={follow(pathOf(page))}
    >
      <Mark size={22} stroke={1.6} aria-hidden />
      <span>{t(page)}</span>
    </a>
  );
}
