/** Administration: the sections at the left, the chosen one beside them. For administrators only, as the server has it. */
import './admin.css';
import './words';
import { Center, Loader } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { useStore } from '../state/store';
import { Empty } from '../ui/States';
import { useAt } from './at';
import { SECTIONS } from './sections';

export default function Admin() {
  const { t } = useTranslation('admin');
  const role = useStore((state) => state.me?.role);
  const { section } = useAt();
  const { name, view: View } = SECTIONS.find((one) => one.name === section) ?? SECTIONS[0]!;
  if (role !== 'administrator') return <Empty hint={t('notYoursHint')}>{t('notYours')}</Empty>;
  return (
    <div className="admin">
      <Rail current={name} />
      <Suspense
        fallback={
          <Center>
            <Loader size="sm" aria-label={t('loading')} />
          </Center>
        }
      >
        <View key={name} />
      </Suspense>
    </div>
  );
}

function Rail({ current }: { current: string }) {
  const { t } = useTranslation('admin');
  return (
    <nav className="admin-rail" aria-label={t('administration')}>
      {SECTIONS.map(({ name, icon: Icon }) => (
        <a
          key={name}
          href={pathOf('admin', [name])}
          aria-current={name === current ? 'page' : undefined}
          data-testid={`section-${name}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            goTo(pathOf('admin', [name]));
          }}
        >
          <Icon size={18} aria-hidden />
          <span>{t(name)}</span>
        </a>
      ))}
    </nav>
  );
}
