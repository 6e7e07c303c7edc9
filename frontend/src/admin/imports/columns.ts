/** The columns of each kind of file, as docs/import.md tells them; required ones are marked. */
export const IMPORTS = ['organisations', 'grids', 'members', 'devices', 'kinds'] as const;
export type ImportKind = (typeof IMPORTS)[number];

interface ColumnName {
  name: string;
  required: boolean;
}

const named = (text: string): ColumnName[] => text.split(' ').map((word) => ({ name: word.replace('*', ''), required: word.endsWith('*') }));

export const COLUMNS: Record<ImportKind, readonly ColumnName[]> = {
  organisations: named('id* name* level* parent code territory'),
  grids: named('id* name* parent code territory'),
  members: named('id* name* organisation* post grids skills phone on_duty device token'),
  devices: named('id* member organisation token require_token dialect stale_after_s silent_after_s'),
  kinds: named('id* category* class* name_en* name_zh* department priority skills accept_s* arrive_s* handle_s* verify_s* retired'),
};
