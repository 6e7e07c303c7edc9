/** One kind: what it is called, how urgent it is, how long each step may take. */
import { Autocomplete, SegmentedControl, Select, SimpleGrid, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { checkOf, textOf, useForm, valueOf, type Form } from '../../ui/form/useForm';
import * as api from '../api';
import { sayDone } from '../saved';
import type { Kind } from '../types';
import { limit, secondsOf } from './limits';

interface Props {
  /** Null: a new one. */
  kind: Kind | null;
  classes: readonly string[];
  writable: boolean;
  onClose: () => void;
  onDone: (code: string) => void;
}

const LIMITS = ['accept_s', 'arrive_s', 'handle_s', 'verify_s'] as const;
const NEW: Kind = { code: '', category: 'event', class: '', name_en: '', name_zh: '', department: null, priority: 3, skills: [], accept_s: 900, arrive_s: 3_600, handle_s: 86_400, verify_s: 86_400, retired: false };

export function KindPane({ kind, classes, writable, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation('admin');
  const form = useForm(kind ?? NEW);
  const send = () =>
    form.send(async () => {
      const { retired, ...made } = form.values;
      const said = kind ? await api.changeKind(kind.code, form.changes()) : await api.addKind(made);
      sayDone(kind ? 'saved' : 'added');
      onDone(said.code);
    }, 'code');
  return (
    <Pane kind={t(kind ? 'kind' : 'addKind')} title={kind ? nameIn(i18n.language, kind.name_en, kind.name_zh) : t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        <fieldset className="ui-plain" disabled={!writable}>
          <PaneForm form={form} ready={kind === null} onSend={send} button={t(kind ? 'save' : 'add')}>
            <Stack gap="sm">
              {kind ? (
                <dl className="facts">
                  <dt>{t('code')}</dt>
                  <dd>{kind.code}</dd>
                  <dt>{t('category')}</dt>
                  <dd>{t(`category_${kind.category}`)}</dd>
                  <dt>{t('class')}</dt>
                  <dd>{kind.class}</dd>
                </dl>
              ) : (
                <>
                  <TextInput label={t('code')} required {...textOf(form, 'code')} />
                  <SegmentedControl aria-label={t('category')} data={(['component', 'event'] as const).map((value) => ({ value, label: t(`category_${value}`) }))} value={form.values.category} onChange={(value) => form.set('category', value)} />
                  <Autocomplete label={t('class')} required data={[...classes]} {...valueOf(form, 'class')} />
                </>
              )}
              <TextInput label={t('nameEn')} required {...textOf(form, 'name_en')} />
              <TextInput label={t('nameZh')} required lang="zh" {...textOf(form, 'name_zh')} />
              <Select label={t('priority')} allowDeselect={false} data={[1, 2, 3, 4].map((value) => ({ value: String(value), label: t(`priority_${value}`) }))} value={String(form.values.priority)} onChange={(value) => form.set('priority', Number(value))} error={form.told.fields.priority} data-testid="field-priority" />
              <div>
                <Text size="sm" fw={500}>
                  {t('limits')}
                </Text>
                <Text size="xs" c="dimmed" mb={4}>
                  {t('limitsHint')}
                </Text>
                <SimpleGrid cols={2} spacing="xs">
                  {LIMITS.map((name) => (
                    <Limit key={name} name={name} form={form} />
                  ))}
                </SimpleGrid>
              </div>
              <TextInput label={t('department')} {...textOf(form, 'department', null)} />
              <TagsInput label={t('skills')} {...valueOf(form, 'skills')} />
              {kind && <Switch label={t('retired')} description={t('kindRetiredHint')} color="red" {...checkOf(form, 'retired')} />}
            </Stack>
          </PaneForm>
        </fieldset>
      </div>
    </Pane>
  );
}

function Limit({ name, form }: { name: (typeof LIMITS)[number]; form: Form<Kind> }) {
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState(() => limit(form.values[name]));
  const bad = secondsOf(typed) === null;
  return (
    <TextInput
      label={t(name)}
      value={typed}
      error={bad ? t('limitBad') : form.told.fields[name]}
      data-testid={`field-${name}`}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const seconds = secondsOf(event.currentTarget.value);
        if (seconds !== null) form.set(name, seconds);
      }}
    />
  );
}
