/** Who signs in: role, organisation, member, disabled or not. */
import { Badge } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { all } from '../../api/request';
import { goTo } from '../../app/route';
import { useNames } from '../../state/names';
import { AskedPane } from '../../ui/form/Pane';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { close, pathToNew, pathToOne, useAt } from '../at';
import type { User } from '../types';
import { AddUser, UserForm } from './UserForm';
import { PasswordForm, Sessions } from './UserTools';

const SECTION = 'users';
/** Users are people of the staff: thousands at most, so they are searched here. */
const MOST = 20_000;

export default function Users() {
  const { t } = useTranslation('admin');
  const { id, adding } = useAt();
  const names = useNames();
  const [search, setSearch] = useState('');
  const asked = useAsked(() => all<User>('/users', { limit: 2_000 }, MOST), []);
  const rows = useMemo(() => {
    const text = search.trim().toLowerCase();
    return (asked.data ?? []).filter((one) => [one.name, one.role, t(`role_${one.role}`), names.of(one.organisation), one.member ?? ''].some((part) => part.toLowerCase().includes(text)));
  }, [asked.data, search, names, t]);
  const shut = close(SECTION);
  const columns: Column<User>[] = [
    { name: 'name', title: t('name'), width: 'minmax(140px, 2fr)', cell: (row) => row.name },
    { name: 'role', title: t('role'), width: '150px', cell: (row) => t(`role_${row.role}`) },
    { name: 'organisation', title: t('organisation'), width: 'minmax(140px, 2fr)', cell: (row) => names.of(row.organisation) },
    { name: 'member', title: t('member'), width: 'minmax(100px, 1fr)', cell: (row) => row.member ?? '–', lesser: true },
    { name: 'state', title: t('state'), width: '110px', cell: (row) => <Badge variant={row.disabled ? 'outline' : 'light'} color={row.disabled ? 'gray' : 'teal'}>{t(row.disabled ? 'disabled' : 'active')}</Badge> },
  ];
  return (
    <Section
      title={t('users')}
      hint={t('usersHint')}
      search={search}
      onSearch={setSearch}
      add={{ to: pathToNew(SECTION), label: t('addUser') }}
      pane={
        adding ? (
          <AddUser onClose={shut} onDone={(name) => (asked.again(), goTo(pathToOne(SECTION, name)))} />
        ) : (
          id !== null && (
            <AskedPane key={id} kind={t('user')} title={id} ask={() => api.user(id)} on={[id]} onClose={shut}>
              {(user, again) => (
                <>
                  <UserForm key={JSON.stringify(user)} user={user} onDone={() => (asked.again(), again())} />
                  <PasswordForm name={user.name} />
                  <Sessions name={user.name} />
                </>
              )}
            </AskedPane>
          )
        )
      }
    >
      <RecordList label={t('users')} rows={rows} columns={columns} keyOf={(row) => row.name} to={(row) => pathToOne(SECTION, row.name)} selected={id ?? undefined} busy={asked.busy} problem={asked.problem} again={asked.again} empty={t('nothingFound')} />
    </Section>
  );
}
