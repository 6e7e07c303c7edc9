/** One question of the editor: its names, kind of answer, choices, place. */
import { ActionIcon, Checkbox, Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesOf, choicesText, KINDS, type Kind, type Row, withKind } from './rows';

interface Props {
  row: Row;
  number: number;
  last: boolean;
  /** null: it is removed. */
  change: (row: Row | null) => void;
  move: (by: -1 | 1) => void;
}

export function Question({ row, number, last, change, move }: Props) {
  const { t } = useTranslation('forms');
  return (
    <section className="forms-question" aria-label={t('question', { number })} data-testid="question" data-name={row.name}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {t('question', { number })} · {row.name}
        </Text>
        <Group gap={2} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" disabled={number === 1} aria-label={t('moveUp', { number })} onClick={() => move(-1)}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" disabled={last} aria-label={t('moveDown', { number })} onClick={() => move(1)}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="red" aria-label={t('removeQuestion', { number })} onClick={() => change(null)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <Group grow align="start">
        <TextInput label={t('labelEn')} value={row.title} onChange={(event) => change({ ...row, title: event.currentTarget.value })} maxLength={500} data-testid="question-en" />
        <TextInput label={t('labelZh')} value={row.zh} onChange={(event) => change({ ...row, zh: event.currentTarget.value })} maxLength={500} data-testid="question-zh" />
      </Group>
      <Group align="end">
        <NativeSelect label={t('kind')} data={KINDS.filter((one) => one !== 'other' || row.kind === 'other').map((value) => ({ value, label: t(`kind_${value}`) }))} value={row.kind} onChange={(event) => change(withKind(row, event.currentTarget.value as Kind))} data-testid="question-kind" />
        <Checkbox label={t('required')} checked={row.required} onChange={(event) => change({ ...row, required: event.currentTarget.checked })} mb={8} />
      </Group>
      {(row.kind === 'choice' || row.kind === 'choices') && <Choices key={row.kind} row={row} change={change} />}
    </section>
  );
}

/** The text is kept while it is written: half a line is no choice yet. */
function Choices({ row, change }: { row: Row; change: (row: Row) => void }) {
  const { t } = useTranslation('forms');
  const [text, setText] = useState(() => choicesText(row.choices));
  return <Textarea label={t('choicesLabel')} autosize minRows={2} maxRows={10} value={text} onChange={(event) => setText(event.currentTarget.value)} onBlur={() => change({ ...row, choices: choicesOf(text, row.choices) })} data-testid="question-choices" />;
}
