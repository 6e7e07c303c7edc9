/** The columns of each kind of file, as docs/import.md tells them; required ones are marked. */
export const WORK = ['organisations', 'grids', 'members', 'devices', 'kinds'] as const;
export const ELEMENTS = ['buildings', 'houses', 'households', 'people', 'establishments', 'places', 'things'] as const;
export const IMPORTS = [...WORK, ...ELEMENTS] as const;
export type ImportKind = (typeof IMPORTS)[number];

/** The key of its word. */
export const labelOf = (kind: string): string => (ELEMENTS.some((one) => one === kind) ? `e_${kind}` : kind);

/** Of these a look goes on record with its purpose. */
export const PRIVATE: ReadonlySet<ImportKind> = new Set<ImportKind>(['households', 'people']);

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
  buildings: named('id* latitude* longitude* organisation name address use height_m floors floors_below built_year footprint entrances'),
  houses: named('id* building* number* entrance floor use occupancy area_m2 organisation'),
  households: named('id* house kind tenure organisation'),
  people: named('id* name* household relation gender birth_date ethnicity education occupation employer residence groups identity telephone note organisation'),
  establishments: named('id* kind* name* credit_code industry responsible telephone employees address latitude longitude building house organisation'),
  places: named('id* kind* name* latitude* longitude* address building house establishment contact telephone risk stream details organisation'),
  things: named('id* code* latitude* longitude* name address owner_department state installed_on details organisation'),
};
