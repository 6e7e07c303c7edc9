/** The pages as links: a click goes there, with Ctrl or the middle button it opens a window of its own. */
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';
import { SHOWN } from './pages';
import { goTo, pathOf, useRoute, type PageName } from './route';

/** Pages that only these roles may use. */
const ROLES: Partial<Record<PageName, readonly string[]>> = { admin: ['administrator'] };

export function Navigation() {
  const { t } = useTranslation();
  const { page } = useRoute();
  const role = useStore((state) => state.me?.role ?? '');
  return (
    <nav className="pages" aria-label={t('pages')}>
      {SHOWN.filter((one) => ROLES[one]?.includes(role) ?? true).map((one) => (
        <Link key={one} to={pathOf(one)} current={page === one || (one === 'map' && page === 'desk')}>
          {t(one)}
        </Link>
      ))}
    </nav>
  );
}

function Link({ to, current, children }: { to: string; current: boolean; children: string }) {
  return (
    <a
      href={to}
      aria-current={current ? 'page' : undefined}
      data-testid={`page-${to.slice(1) || 'map'}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      {children}
    </a>
  );
}
