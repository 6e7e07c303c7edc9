/** One staffing preset: how many of each post an organisation of its level needs. */
import { NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { checkOf, textOf, useForm, valueOf } from '../../ui/form/useForm';
import * as api from '../api';
import { sayDone } from '../saved';
import type { Post, Preset } from '../types';
import { LEVELS } from './PostPane';

const NEW: Preset = { code: '', name_en: '', name_zh: '', level: 'grid', posts: [], retired: false };

interface Props {
  /** Null: a new one. */
  preset: Preset | null;
  posts: readonly Post[];
  writable: boolean;
  onClose: () => void;
  onDone: (code: string) => void;
}

export function PresetPane({ preset, posts, writable, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation('admin');
  const form = useForm(preset ?? NEW);
  const wanted = new Map(form.values.posts.map((one) => [one.post, one.wanted]));
  const send = () =>
    form.send(async () => {
      const { retired: _, ...made } = form.values;
      const said = preset ? await api.changePreset(preset.code, form.changes()) : await api.addPreset(made);
      sayDone(preset ? 'saved' : 'added');
      onDone(said.code);
    }, 'code');

  function want(post: string, count: number | string): void {
    const others = form.values.posts.filter((one) => one.post !== post);
    form.set('posts', count === '' ? others : wanted.has(post) ? form.values.posts.map((one) => (one.post === post ? { post, wanted: Number(count) } : one)) : [...others, { post, wanted: Number(count) }]);
  }

  return (
    <Pane kind={t(preset ? 'preset' : 'addPreset')} title={preset ? nameIn(i18n.language, preset.name_en, preset.name_zh) : t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        <fieldset className="ui-plain" disabled={!writable}>
          <PaneForm form={form} ready={preset === null} onSend={send} button={t(preset ? 'save' : 'add')}>
            <Stack gap="sm">
              {preset ? (
                <dl className="facts">
                  <dt>{t('code')}</dt>
                  <dd>{preset.code}</dd>
                  <dt>{t('level')}</dt>
                  <dd>{t(`level_${preset.level}`)}</dd>
                </dl>
              ) : (
                <>
                  <TextInput label={t('code')} description={t('postCodeHint')} required {...textOf(form, 'code')} />
                  <Select label={t('level')} allowDeselect={false} data={LEVELS.map((value) => ({ value, label: t(`level_${value}`) }))} {...valueOf(form, 'level')} onChange={(value) => value && form.set('level', value as Preset['level'])} />
                </>
              )}
              <TextInput label={t('nameEn')} required {...textOf(form, 'name_en')} />
              <TextInput label={t('nameZh')} required lang="zh" {...textOf(form, 'name_zh')} />
              <div>
                <Text size="sm" fw={500}>
                  {t('wanted')}
                </Text>
                <Text size="xs" c="dimmed">
                  {t('wantedHint')}
                </Text>
                {form.told.fields.posts && (
                  <Text size="xs" c="red" role="alert">
                    {form.told.fields.posts}
                  </Text>
                )}
              </div>
              {posts
                .filter((one) => !one.retired || wanted.has(one.code))
                .map((one) => {
                  const name = nameIn(i18n.language, one.name_en, one.name_zh);
                  return (
                    <div key={one.code} className="admin-wanted">
                      <Text size="sm">{name}</Text>
                      <NumberInput aria-label={name} size="xs" w={90} min={0} allowDecimal={false} value={wanted.get(one.code) ?? ''} onChange={(count) => want(one.code, count)} />
                    </div>
                  );
                })}
              {preset && <Switch label={t('retired')} description={t('postRetiredHint')} color="red" {...checkOf(form, 'retired')} />}
            </Stack>
          </PaneForm>
        </fieldset>
      </div>
    </Pane>
  );
}
