/** Who walks the grids: searched by name and organisation on the server, page by page. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { useNames } from '../../state/names';
import { usePostName } from '../../state/posts';
import { OrganisationSelect } from '../../ui/form/organisations';
import { AskedPane, Pane } from '../../ui/form/Pane';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { usePages } from '../../ui/list/usePages';
import * as api from '../api';
import { close, pathToNew, pathToOne, setFilter, useAt } from '../at';
import type { Member } from '../types';
import { Duty } from './Duty';
import { MemberForm } from './MemberForm';
import { MemberTools } from './MemberTools';

const SECTION = 'members';

export default function Members() {
  const { t } = useTranslation('admin');
  const { id, adding, query } = useAt();
  const names = useNames();
  const postName = usePostName();
  const [name, setName] = useState('');
  const pages = usePages<Member>('/members', { name: name || undefined, organisation: query.organisation });
  const shut = close(SECTION);

  const columns: Column<Member>[] = [
    { name: 'name', title: t('name'), width: 'minmax(150px, 2fr)', cell: (row) => row.name },
    { name: 'organisation', title: t('organisation'), width: 'minmax(140px, 2fr)', cell: (row) => names.of(row.organisation) },
    { name: 'post', title: t('posts'), width: 'minmax(110px, 1.4fr)', cell: (row) => row.posts.map(postName).join(', ') || '–', lesser: true },
    { name: 'phone', title: t('phone'), width: '140px', cell: (row) => row.phone ?? '–', lesser: true },
    { name: 'devices', title: t('devices'), width: 'minmax(100px, 1fr)', cell: (row) => row.devices.join(', ') || '–', lesser: true },
    { name: 'duty', title: t('duty'), width: '110px', cell: (row) => <Duty on={row.on_duty} /> },
  ];
  return (
    <Section
      title={t('members')}
      hint={t('membersHint')}
      search={name}
      onSearch={setName}
      filters={<OrganisationSelect label="" aria-label={t('organisation')} placeholder={t('everyOrganisation')} clearable value={query.organisation ?? null} onChange={(value) => setFilter(SECTION, 'organisation', value)} />}
      add={{ to: pathToNew(SECTION), label: t('addMember') }}
      pane={
        adding ? (
          <Pane key="new" kind={t('addMember')} title={t('newOne')} onClose={shut}>
            <div className="ui-pane-body">
              <MemberForm member={null} organisation={query.organisation ?? null} onDone={(made) => (pages.again(), goTo(pathToOne(SECTION, made.id)))} />
            </div>
          </Pane>
        ) : (
          id !== null && (
            <AskedPane key={id} kind={t('member')} title={pages.rows.find((row) => row.id === id)?.name ?? id} ask={() => api.member(id)} on={[id]} onClose={shut}>
              {(member, again) => (
                <>
                  <MemberForm key={JSON.stringify(member)} member={member} organisation={null} onDone={() => (pages.again(), again())} />
                  <MemberTools member={member} />
                </>
              )}
            </AskedPane>
          )
        )
      }
    >
      <RecordList label={t('members')} rows={pages.rows} columns={columns} keyOf={(row) => row.id} to={(row) => pathToOne(SECTION, row.id)} selected={id ?? undefined} busy={pages.busy} problem={pages.problem} again={pages.again} more={pages.more} empty={t(name || query.organisation ? 'nothingFound' : 'noMembers')} hint={name ? undefined : t('noMembersHint')} />
    </Section>
  );
}
