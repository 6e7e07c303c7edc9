/** A form's questions as a list to edit, and beside it how it will be drawn. */
import { Alert, Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, reasonOf } from '../../api/request';
import * as api from '../api';
import { Preview } from '../Detail';
import { type Element, ELEMENTS, type Form, READERS } from '../types';
import { Question } from './Question';
import { added, definitionOf, moved, type Row, type Sheet, sheetOf } from './rows';

interface Props {
  form: Form;
  writes: boolean;
  onChange: () => void;
}

export function Editor({ form, writes, onChange }: Props) {
  const { t } = useTranslation('forms');
  const { sheet, change, send, busy, problem } = useSheet(form, onChange);
  const drawn = useMemo(() => definitionOf(sheet.rows), [sheet.rows]);
  const setRow = (place: number, row: Row | null) => change({ rows: sheet.rows.flatMap((one, n) => (n !== place ? [one] : row ? [row] : [])) });
  return (
    <div className="forms-editor">
      <fieldset disabled={!writes || busy} className="forms-questions">
        <Text size="sm" c="dimmed">
          {t(writes ? 'editHint' : 'onlyCity')}
        </Text>
        <Head sheet={sheet} change={change} writes={writes} />
        {sheet.rows.map((row, place) => (
          <Question key={row.name} row={row} number={place + 1} last={place === sheet.rows.length - 1} change={(next) => setRow(place, next)} move={(by) => change({ rows: moved(sheet.rows, place, by) })} />
        ))}
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ rows: added(sheet.rows) })} data-testid="add-question">
          {t('addQuestion')}
        </Button>
        {problem && (
          <Alert color="red" role="alert" data-testid="form-problem">
            {problem}
          </Alert>
        )}
        {writes && (
          <Group className="forms-foot">
            <Button variant="default" onClick={() => void send(false)} data-testid="save-draft">
              {t('saveDraft')}
            </Button>
            <Button onClick={() => void send(true)} data-testid="publish-form">
              {t('publish')}
            </Button>
            {form.state === 'published' && (
              <Button variant="subtle" color="red" onClick={() => void api.retire(form.code).then(() => (notifications.show({ message: t('retired') }), onChange()))}>
                {t('retire')}
              </Button>
            )}
          </Group>
        )}
      </fieldset>
      <aside aria-label={t('preview')}>
        <Preview form={drawn} />
      </aside>
    </div>
  );
}

/** What is edited, and the sending of it. */
function useSheet(form: Form, onChange: () => void) {
  const { t } = useTranslation('forms');
  const [sheet, setSheet] = useState<Sheet>(() => sheetOf(form));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function send(publishes: boolean): Promise<void> {
    setBusy(true);
    try {
      const { code, rows, ...rest } = sheet;
      const saved = await api.draft(code, { ...rest, ...definitionOf(rows), seen: form.state === 'draft' ? form.seen : null });
      if (publishes) await api.publish(code, saved.seen);
      notifications.show({ message: publishes ? t('published', { version: saved.version }) : t('saved'), color: 'teal' });
      onChange();
    } catch (error) {
      setProblem(told(error));
    } finally {
      setBusy(false);
    }
  }
  return { sheet, change: (part: Partial<Sheet>) => setSheet((old) => ({ ...old, ...part })), send, busy, problem };
}

/** Each fault with its place, where the server names any. */
const told = (error: unknown): string =>
  error instanceof Problem && error.errors.length > 0 ? error.errors.map((one) => [one.at, one.reason].filter(Boolean).join(': ')).join('; ') : reasonOf(error);

function Head({ sheet, change, writes }: { sheet: Sheet; change: (part: Partial<Sheet>) => void; writes: boolean }) {
  const { t } = useTranslation('forms');
  const roles = READERS.map((value) => ({ value, label: t(value) }));
  const several = { disabled: !writes, comboboxProps: { withinPortal: true } };
  return (
    <Stack gap={8}>
      <Group grow>
        <TextInput label={t('titleEn')} value={sheet.title_en} onChange={(event) => change({ title_en: event.currentTarget.value })} maxLength={200} data-testid="title-en" />
        <TextInput label={t('titleZh')} value={sheet.title_zh} onChange={(event) => change({ title_zh: event.currentTarget.value })} maxLength={200} />
      </Group>
      <MultiSelect label={t('filledAbout')} data={ELEMENTS.map((value) => ({ value, label: t(value) }))} value={sheet.elements} onChange={(elements) => change({ elements: elements as Element[] })} {...several} />
      <Group grow align="start">
        <MultiSelect label={t('readers')} data={roles} value={sheet.readers} onChange={(readers) => change({ readers, fillers: sheet.fillers.filter((one) => readers.includes(one)) })} {...several} data-testid="edit-readers" />
        <MultiSelect label={t('fillers')} data={roles.filter((one) => sheet.readers.includes(one.value))} value={sheet.fillers} onChange={(fillers) => change({ fillers })} {...several} />
      </Group>
    </Stack>
  );
}
