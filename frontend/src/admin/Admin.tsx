/** Administration: the sections at the left, the chosen one beside them. For administrators only, as the server has it. */
import './admin.css';
import './words';
import { Center, Loader } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../app/route';
import { useStore } from '../state/store';
import { RailLink, Sections } from '../ui/Sections';
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
    <Sections label={t('administration')} links={SECTIONS.map((one) => <RailLink key={one.name} name={one.name} label={t(one.name)} icon={one.icon} to={pathOf('admin', [one.name])} current={one.name === name} />)}>
      <Suspense
        fallback={
          <Center>
            <Loader role="status" size="sm" aria-label={t('loading')} />
          </Center>
        }
      >
        <View key={name} />
      </Suspense>
    </Sections>
  );
}
