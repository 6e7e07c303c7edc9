/** The sections of the page: each is a view of one element, with its columns and filters. Data, not components. */
import {
  IconAlertTriangle, IconBuilding, IconBuildingStore, IconCamera, IconCopy, IconDoor, IconEye, IconHeart, IconMapPin, IconTool, IconUser, IconUsers, IconBriefcase, IconWindow, type Icon,
} from '@tabler/icons-react';
import { ESTABLISHMENT_KINDS, OCCUPANCIES, RESIDENCES, RISKS, STATES, USES, type ElementName } from './elements';

/** width: a track of CSS grid; lesser: left out where the list is narrow. */
export interface ColumnSpec {
  name: string;
  width: string;
  lesser?: true;
}

/** options: words `o_<option>`; without them, the codes of special groups or of components. */
export interface FilterSpec {
  name: string;
  options?: readonly string[];
  /** Chosen where the address says nothing; it cannot be taken away. */
  always?: string;
}

export interface SectionSpec {
  name: string;
  icon: Icon;
  group: 'people' | 'places' | 'things' | 'organisations';
  element: ElementName;
  columns: readonly ColumnSpec[];
  filters: readonly FilterSpec[];
  /** What every record here says, and a new one from the start. */
  fixed?: Readonly<Record<string, string>>;
}

const wide = (name: string): ColumnSpec => ({ name, width: 'minmax(130px, 2fr)' });
const mid = (name: string): ColumnSpec => ({ name, width: 'minmax(100px, 1.2fr)' });
const lesser = (name: string, width = 'minmax(90px, 1fr)'): ColumnSpec => ({ name, width, lesser: true });
const HOME = [wide('address'), lesser('number', '70px')] as const;
const placed = (kind: string): Pick<SectionSpec, 'element' | 'group' | 'fixed' | 'filters' | 'columns'> => ({
  element: 'places', group: 'places', fixed: { kind }, filters: [], columns: [wide('name'), wide('address'), lesser('contact')],
});

export const SECTIONS: readonly SectionSpec[] = [
  { name: 'residents', icon: IconUser, group: 'people', element: 'people', columns: [wide('name'), lesser('relation'), { name: 'birth_date', width: '100px' }, ...HOME, lesser('residence')], filters: [{ name: 'residence', options: RESIDENCES }, { name: 'group' }] },
  { name: 'households', icon: IconUsers, group: 'people', element: 'households', columns: [wide('head'), { name: 'people', width: '90px' }, ...HOME, lesser('kind'), lesser('tenure')], filters: [] },
  { name: 'groups', icon: IconHeart, group: 'people', element: 'people', columns: [wide('name'), wide('groups'), { name: 'birth_date', width: '100px' }, ...HOME], filters: [{ name: 'group', always: 'lives_alone' }] },
  { name: 'buildings', icon: IconBuilding, group: 'places', element: 'buildings', columns: [wide('address'), mid('name'), mid('use'), { name: 'floors', width: '80px' }, lesser('entrances'), lesser('built_year', '90px')], filters: [{ name: 'use', options: USES }] },
  { name: 'houses', icon: IconDoor, group: 'places', element: 'houses', columns: [mid('number'), wide('address'), { name: 'entrance', width: '90px' }, { name: 'floor', width: '70px' }, mid('occupancy'), lesser('residents', '90px'), lesser('area_m2', '90px')], filters: [{ name: 'occupancy', options: OCCUPANCIES }] },
  { name: 'shops', icon: IconBuildingStore, ...placed('shop'), fixed: {}, filters: [{ name: 'kind', options: ['shop', 'unit'], always: 'shop' }] },
  { name: 'fire', icon: IconAlertTriangle, ...placed('fire_safety'), columns: [wide('name'), wide('address'), mid('risk'), lesser('contact')], filters: [{ name: 'risk', options: RISKS }] },
  { name: 'cameras', icon: IconCamera, ...placed('camera'), columns: [wide('name'), wide('address'), wide('stream')] },
  { name: 'windows', icon: IconWindow, ...placed('service_window') },
  { name: 'sites', icon: IconMapPin, ...placed('school'), fixed: {}, filters: [{ name: 'kind', options: ['school', 'hospital', 'site', 'other'], always: 'school' }] },
  { name: 'components', icon: IconTool, group: 'things', element: 'things', columns: [wide('code'), mid('name'), wide('owner_department'), mid('state'), lesser('address')], filters: [{ name: 'code' }, { name: 'state', options: STATES }] },
  { name: 'establishments', icon: IconBriefcase, group: 'organisations', element: 'establishments', columns: [wide('name'), mid('kind'), mid('industry'), mid('responsible'), lesser('employees', '90px'), lesser('address')], filters: [{ name: 'kind', options: ESTABLISHMENT_KINDS }] },
];

/** What is no list of records: who may open it. */
export const WORK: readonly { name: 'duplicates' | 'access'; icon: Icon; roles: ReadonlySet<string> }[] = [
  { name: 'duplicates', icon: IconCopy, roles: new Set(['administrator', 'commander', 'supervisor', 'officer']) },
  { name: 'access', icon: IconEye, roles: new Set(['administrator', 'commander', 'supervisor']) },
];

export const GROUPS = ['people', 'places', 'things', 'organisations'] as const;

/** The section in which a record of that element is looked at; kind: of a place. */
export function sectionOf(element: ElementName, kind?: unknown): SectionSpec {
  const found = SECTIONS.filter((one) => one.element === element);
  return found.find((one) => one.fixed?.kind === kind || one.filters.some((filter) => filter.name === 'kind' && filter.always && filter.options?.includes(kind as string))) ?? found[0] ?? SECTIONS[0]!;
}
