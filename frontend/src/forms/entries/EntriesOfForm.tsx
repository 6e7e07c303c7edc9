/** What was filled in by a form, page by page. Data of people are shown once somebody says for what. */
import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePurpose } from '../../city/purpose';
import { useStore } from '../../state/store';
import { usePages } from '../../ui/list/usePages';
import { PurposeForm } from '../../ui/PurposeForm';
import { Empty, Fault } from '../../ui/States';
import type { Entry, Form } from '../types';
import { EntryCard } from './EntryCard';

export function EntriesOfForm({ form, versions }: { form: Form; versions: readonly Form[] }) {
  const { t } = useTranslation('forms');
  const role = useStore((state) => state.me?.role ?? '');
  const { purpose, say } = usePurpose();
  const isPrivate = versions.some((one) => one.elements.includes('people') || one.elements.includes('households'));
  if (!form.readers.includes(role)) return <Empty>{t('notYours')}</Empty>;
  if (isPrivate && purpose.trim().length < 2) return <PurposeForm action={t('show')} onSay={say} />;
  return <Pages form={form} versions={versions} query={isPrivate ? { purpose } : {}} />;
}

function Pages({ form, versions, query }: { form: Form; versions: readonly Form[]; query: Record<string, string> }) {
  const { t } = useTranslation('forms');
  const pages = usePages<Entry>(`/registry/forms/${encodeURIComponent(form.code)}/entries`, query);
  if (pages.problem) return <Fault problem={pages.problem} again={pages.again} />;
  if (pages.done && pages.rows.length === 0) return <Empty hint={t('noEntriesHint')}>{t('noEntries')}</Empty>;
  return (
    <Stack gap={6}>
      {pages.rows.map((entry) => (
        <EntryCard key={entry.id} entry={entry} versions={versions} about />
      ))}
      {!pages.done && (
        <Button variant="default" loading={pages.busy} onClick={pages.more}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
