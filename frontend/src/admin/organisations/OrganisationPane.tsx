/** One organisation: name, level, code, where it stands in the tree, and its territory. */
import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../api/types';
import { pathOf } from '../../app/route';
import { putOrganisation } from '../../state/names';
import { useStore } from '../../state/store';
import { OrganisationSelect } from '../../ui/form/organisations';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { textOf, useForm, valueOf } from '../../ui/form/useForm';
import { Go } from '../../ui/Go';
import * as api from '../api';
import { sayDone } from '../saved';
import { Staffing } from './Staffing';

const MiniMap = lazy(() => import('./MiniMap'));
const LEVELS = ['city', 'district', 'street', 'community', 'grid', 'department'] as const;

interface Props {
  /** Null: a new one below `parent`. */
  organisation: Organisation | null;
  parent: string | null;
  onClose: () => void;
  onDone: (id: string) => void;
}

export function OrganisationPane({ organisation, parent, onClose, onDone }: Props) {
  const { t } = useTranslation('admin');
  const home = useStore((state) => state.me?.organisation.id ?? null);
  const top = organisation !== null && organisation.id === home;
  const form = useForm({
    id: organisation?.id ?? '',
    name: organisation?.name ?? '',
    level: organisation?.level ?? (null as Organisation['level'] | null),
    parent: organisation?.parent ?? parent ?? home,
    code: organisation?.code ?? null,
  });

  const send = () =>
    form.send(async () => {
      const { id: _, ...rest } = form.changes();
      const said = organisation ? await api.changeOrganisation(organisation.id, rest) : await api.addOrganisation(form.values);
      putOrganisation(said);
      sayDone(organisation ? 'saved' : 'added');
      onDone(said.id);
    }, 'id');

  return (
    <Pane kind={t(organisation ? 'organisation' : 'addOrganisation')} title={organisation?.name ?? t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        {organisation && (organisation.territory || organisation.label) && (
          <Suspense fallback={<div className="admin-map" aria-busy />}>
            <MiniMap shape={organisation.territory ?? organisation.label!} />
          </Suspense>
        )}
        {organisation && !organisation.territory && (
          <Text size="sm" c="dimmed">
            {t('noTerritory')}
          </Text>
        )}
        <PaneForm form={form} ready={organisation === null} onSend={send} button={organisation ? t('save') : t('add')}>
          <Stack gap="sm">
            {organisation ? (
              <dl className="facts">
                <dt>{t('id')}</dt>
                <dd>{organisation.id}</dd>
              </dl>
            ) : (
              <TextInput label={t('id')} description={t('idHint')} required {...textOf(form, 'id')} />
            )}
            <TextInput label={t('name')} required {...textOf(form, 'name')} />
            <Select label={t('level')} required data={LEVELS.map((value) => ({ value, label: t(`level_${value}`) }))} allowDeselect={false} disabled={top} {...valueOf(form, 'level')} />
            {!top && <OrganisationSelect label={t('parent')} {...(organisation ? { description: t('parentHint') } : {})} {...valueOf(form, 'parent')} />}
            <TextInput label={t('code')} {...textOf(form, 'code', null)} />
          </Stack>
        </PaneForm>
        {organisation && (
          <Group gap="md" mt="xs">
            <Go to={pathOf('admin', ['members'], { organisation: organisation.id })}>{t('itsMembers')}</Go>
            <Go to={pathOf('admin', ['organisations'], { new: '1', parent: organisation.id })}>{t('addBelow')}</Go>
          </Group>
        )}
        {organisation && <Staffing organisation={organisation.id} />}
      </div>
    </Pane>
  );
}
