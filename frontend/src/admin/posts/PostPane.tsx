/** One post: its names, its level and the skills it brings. */
import { Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { checkOf, textOf, useForm, valueOf } from '../../ui/form/useForm';
import * as api from '../api';
import { sayDone } from '../saved';
import type { Post } from '../types';

export const LEVELS = ['city', 'district', 'street', 'community', 'grid', 'department'] as const;
const NEW: Post = { code: '', name_en: '', name_zh: '', level: null, skills: [], retired: false };

interface Props {
  /** Null: a new one. */
  post: Post | null;
  writable: boolean;
  onClose: () => void;
  onDone: (code: string) => void;
}

export function PostPane({ post, writable, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation('admin');
  const form = useForm(post ?? NEW);
  const send = () =>
    form.send(async () => {
      const { retired: _, ...made } = form.values;
      const said = post ? await api.changePost(post.code, form.changes()) : await api.addPost(made);
      sayDone(post ? 'saved' : 'added');
      onDone(said.code);
    }, 'code');
  return (
    <Pane kind={t(post ? 'post' : 'addPost')} title={post ? nameIn(i18n.language, post.name_en, post.name_zh) : t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        <fieldset className="ui-plain" disabled={!writable}>
          <PaneForm form={form} ready={post === null} onSend={send} button={t(post ? 'save' : 'add')}>
            <Stack gap="sm">
              {post ? (
                <dl className="facts">
                  <dt>{t('code')}</dt>
                  <dd>{post.code}</dd>
                </dl>
              ) : (
                <TextInput label={t('code')} description={t('postCodeHint')} required {...textOf(form, 'code')} />
              )}
              <TextInput label={t('nameEn')} required {...textOf(form, 'name_en')} />
              <TextInput label={t('nameZh')} required lang="zh" {...textOf(form, 'name_zh')} />
              <Select label={t('level')} clearable placeholder={t('anyLevel')} clearButtonProps={{ 'aria-label': t('clear') }} data={LEVELS.map((value) => ({ value, label: t(`level_${value}`) }))} {...valueOf(form, 'level')} />
              <TagsInput label={t('skills')} description={t('postSkillsHint')} {...valueOf(form, 'skills')} />
              {post && <Switch label={t('retired')} description={t('postRetiredHint')} color="red" {...checkOf(form, 'retired')} />}
            </Stack>
          </PaneForm>
        </fieldset>
      </div>
    </Pane>
  );
}
