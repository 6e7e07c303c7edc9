/** What special groups are called in the page's language; asked once a session. */
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { get } from '../api/request';
import { nameIn } from '../i18n/names';
import { listen } from './store';

export interface GroupNames {
  code: string;
  name_en: string;
  name_zh: string;
}

export const useGroups = create<{ groups: readonly GroupNames[] }>()(() => ({ groups: [] }));

listen({
  begin: () => void get<{ items: GroupNames[] }>('/registry/groups').then(({ items }) => useGroups.setState({ groups: items }), () => undefined), // codes stand for names
  hear: () => undefined,
  end: () => useGroups.setState({ groups: [] }),
});

/** How to call a group by its code. */
export function useGroupName(): (code: string) => string {
  const { i18n } = useTranslation();
  const groups = useGroups((state) => state.groups);
  return (code) => {
    const group = groups.find((one) => one.code === code);
    return group ? nameIn(i18n.language, group.name_en, group.name_zh) : code;
  };
}
