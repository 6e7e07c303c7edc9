/** What is said of a member: the main post first, grids beside the organisation, skills that kinds ask for. */
import { Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { useStore } from '../../state/store';
import { GridsSelect, OrganisationSelect } from '../../ui/form/organisations';
import { PaneForm } from '../../ui/form/Pane';
import { checkOf, textOf, useForm, valueOf } from '../../ui/form/useForm';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { sayDone } from '../saved';
import type { Member } from '../types';

interface Props {
  /** Null: a new one, in `organisation`. */
  member: Member | null;
  organisation: string | null;
  onDone: (member: Member) => void;
}

export function MemberForm({ member, organisation, onDone }: Props) {
  const { t, i18n } = useTranslation('admin');
  const home = useStore((state) => state.me?.organisation.id ?? null);
  const known = useAsked(api.posts, []);
  const posts = (known.data ?? []).filter((one) => !one.retired).map((one) => nameIn(i18n.language, one.name_en, one.name_zh));
  const form = useForm({
    id: member?.id ?? '',
    name: member?.name ?? '',
    organisation: member?.organisation ?? organisation ?? home,
    posts: member?.posts ?? [],
    grids: member?.grids ?? [],
    skills: member?.skills ?? [],
    phone: member?.phone ?? null,
    on_duty: member?.on_duty ?? true,
  });

  const send = () =>
    form.send(async () => {
      const { id: _, ...rest } = form.changes();
      const said = member ? await api.changeMember(member.id, rest) : await api.addMember(form.values);
      sayDone(member ? 'saved' : 'added');
      onDone(said);
    }, 'id');

  return (
    <PaneForm form={form} ready={member === null} onSend={send} button={t(member ? 'save' : 'add')}>
      <Stack gap="sm">
        {member ? (
          <dl className="facts">
            <dt>{t('id')}</dt>
            <dd>{member.id}</dd>
          </dl>
        ) : (
          <TextInput label={t('id')} description={t('memberIdHint')} required {...textOf(form, 'id')} />
        )}
        <TextInput label={t('name')} required {...textOf(form, 'name')} />
        <OrganisationSelect label={t('organisation')} required {...valueOf(form, 'organisation')} />
        <TagsInput label={t('posts')} description={t('postsHint')} data={posts} {...valueOf(form, 'posts')} />
        <GridsSelect label={t('furtherGrids')} description={t('gridsHint')} {...valueOf(form, 'grids')} />
        <TagsInput label={t('skills')} description={t('skillsHint')} {...valueOf(form, 'skills')} />
        <TextInput label={t('phone')} type="tel" {...textOf(form, 'phone', null)} />
        <Switch label={t('isOnDuty')} description={t('dutyHint')} {...checkOf(form, 'on_duty')} />
      </Stack>
    </PaneForm>
  );
}
