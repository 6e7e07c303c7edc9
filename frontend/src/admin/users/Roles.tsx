/** What each role may do: every operation that the server names, against every role. */
import { SegmentedControl, Select } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { Section } from '../../ui/list/Section';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { pathToOne, pathToSection, useAt } from '../at';
import { byTag, isRead, operationsOf, ROLES, type Operation } from './permissions';

const SECTION = 'roles';

export default function Roles() {
  const { t } = useTranslation('admin');
  const { id } = useAt();
  const role = ROLES.find((one) => one === id) ?? null;
  const [search, setSearch] = useState('');
  const [show, setShow] = useState('all');
  const asked = useAsked(async () => operationsOf(await api.openapi()), []);
  return (
    <Section
      title={t('roles')}
      hint={role ? t(`may_${role}`) : t('rolesHint')}
      search={search}
      onSearch={setSearch}
      filters={
        <>
          <Select aria-label={t('role')} placeholder={t('everyRole')} clearable value={role} onChange={(value) => goTo(value ? pathToOne(SECTION, value) : pathToSection(SECTION))} data={ROLES.map((value) => ({ value, label: t(`role_${value}`) }))} w={180} clearButtonProps={{ 'aria-label': t('clear') }} data-testid="role-filter" />
          <SegmentedControl value={show} onChange={setShow} aria-label={t('show')} data={['all', 'changes', 'reads'].map((value) => ({ value, label: t(`show_${value}`) }))} />
        </>
      }
    >
      <Answered asked={asked}>{(all) => <Table operations={all} role={role} search={search} show={show} />}</Answered>
    </Section>
  );
}

function Table({ operations, role, search, show }: { operations: Operation[]; role: string | null; search: string; show: string }) {
  const { t } = useTranslation('admin');
  const groups = useMemo(() => {
    const text = search.trim().toLowerCase();
    return byTag(
      operations.filter(
        (one) => (role === null || one.roles.has(role)) && (show === 'all' || isRead(one) === (show === 'reads')) && (one.summary.toLowerCase().includes(text) || one.path.includes(text) || one.tag.includes(text)),
      ),
    );
  }, [operations, role, search, show]);
  if (groups.length === 0) return <Empty>{t('nothingFound')}</Empty>;
  return (
    <div className="ui-scroll admin-roles" tabIndex={0} role="group" aria-label={t('roles')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('operation')}</th>
            {ROLES.map((one) => (
              <th key={one} scope="col" className={one === role ? 'chosen' : ''}>
                {t(`role_${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(([tag, all]) => (
          <tbody key={tag}>
            <tr className="group">
              <th scope="colgroup" colSpan={ROLES.length + 1}>
                {t(`tag_${tag}`, { defaultValue: tag })}
              </th>
            </tr>
            {all.map((one) => (
              <tr key={one.method + one.path} data-testid="operation">
                <th scope="row">
                  {one.summary}
                  <small>
                    {one.method} {one.path}
                  </small>
                </th>
                {ROLES.map((name) => (
                  <td key={name} className={name === role ? 'chosen' : ''}>
                    {one.roles.has(name) ? <IconCheck size={16} role="img" aria-label={t('mayDo')} className="admin-may" /> : <IconMinus size={14} role="img" aria-label={t('mayNot')} className="admin-may-not" />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
