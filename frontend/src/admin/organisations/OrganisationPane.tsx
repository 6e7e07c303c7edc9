/** One organisation: name, level, code, where it stands in the tree, and its territory. */
import { Anchor, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../api/types';
import { goTo, pathOf } from '../../app/route';
import { useStore } from '../../state/store';
import * as api from '../api';
import { Pane, PaneForm } from '../form/Pane';
import { OrganisationSelect } from '../form/pickers';
import { textOf, useForm, valueOf } from '../form/useForm';
import { sayDone } from '../saved';
import { putOrganisation } from './names';
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
      <div className="admin-pane-body">
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
            <Elsewhere to={pathOf('admin', ['members'], { organisation: organisation.id })}>{t('itsMembers')}</Elsewhere>
            <Elsewhere to={pathOf('admin', ['organisations'], { new: '1', parent: organisation.id })}>{t('addBelow')}</Elsewhere>
          </Group>
        )}
        {organisation && <Staffing organisation={organisation.id} />}
      </div>
    </Pane>
  );
}

/** A link to another section. */
export function Elsewhere({ to, children }: { to: string; children: string }) {
  return (
    <Anchor
      href={to}
      size="sm"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      {children}
    </Anchor>
  );
}
