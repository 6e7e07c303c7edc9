/** The elements of basic data as data: what is said of each, and how. Lists, forms, histories and merges are built from this. */

export const ELEMENTS = ['people', 'households', 'buildings', 'houses', 'places', 'things', 'establishments'] as const;
export type ElementName = (typeof ELEMENTS)[number];

/** sealed: a number that is shown masked; record: the id of another element's; component: a code of GB/T 30428. */
export type FieldKind = 'text' | 'area' | 'number' | 'date' | 'choice' | 'groups' | 'sealed' | 'record' | 'component' | 'entrances';

export interface Field {
  name: string;
  kind: FieldKind;
  /** Of a choice; the words are `o_<option>`. */
  options?: readonly string[];
  /** Of a record. */
  of?: ElementName;
  required?: true;
  /** Of a choice that always says something: what a new one says. */
  first?: string | number;
  /** Shown only where the record's kind is this. */
  only?: string;
}

export interface ElementSpec {
  fields: readonly Field[];
  /** Whether a look has a purpose and is on record. */
  isPrivate?: true;
}

export const RELATIONS = ['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'other_relative', 'not_related'] as const;
export const RESIDENCES = ['registered', 'from_away', 'away'] as const;
export const OCCUPANCIES = ['owner', 'rented', 'vacant', 'unknown'] as const;
export const USES = ['residential', 'commercial', 'public', 'industrial', 'mixed', 'other'] as const;
export const STATES = ['in_order', 'damaged', 'missing', 'removed'] as const;
export const RISKS = ['low', 'medium', 'high'] as const;
export const ESTABLISHMENT_KINDS = ['company', 'self_employed', 'association', 'institution', 'department'] as const;
export const PLACE_KINDS = ['shop', 'unit', 'fire_safety', 'camera', 'service_window', 'school', 'hospital', 'site', 'other'] as const;

const text = (name: string): Field => ({ name, kind: 'text' });
const needed = (name: string): Field => ({ name, kind: 'text', required: true });
const number = (name: string): Field => ({ name, kind: 'number' });
const choice = (name: string, options: readonly string[], first?: string): Field => ({ name, kind: 'choice', options, ...(first ? { first } : {}) });
const record = (name: string, of: ElementName): Field => ({ name, kind: 'record', of });
const sealed = (name: string): Field => ({ name, kind: 'sealed' });
const PLACE: readonly Field[] = [{ name: 'latitude', kind: 'number', required: true }, { name: 'longitude', kind: 'number', required: true }];

export const SPECS: Readonly<Record<ElementName, ElementSpec>> = {
  people: {
    isPrivate: true,
    fields: [
      needed('name'), record('household', 'households'), choice('relation', RELATIONS), choice('gender', ['female', 'male']), { name: 'birth_date', kind: 'date' },
      sealed('identity'), sealed('telephone'), choice('residence', RESIDENCES, 'registered'), { name: 'groups', kind: 'groups' }, text('ethnicity'), text('education'), text('occupation'), text('employer'), { name: 'note', kind: 'area' },
    ],
  },
  households: { isPrivate: true, fields: [record('house', 'houses'), choice('kind', ['family', 'collective', 'single'], 'family'), choice('tenure', ['owner', 'tenant', 'other', 'unknown'], 'unknown')] },
  buildings: {
    fields: [
      text('name'), text('address'), choice('use', USES, 'residential'), ...PLACE, { ...number('floors'), first: 1 }, { ...number('floors_below'), first: 0 }, number('height_m'), number('built_year'), { name: 'entrances', kind: 'entrances' },
    ],
  },
  houses: {
    fields: [
      { ...record('building', 'buildings'), required: true }, needed('number'), { ...number('entrance'), first: 1 }, { ...number('floor'), first: 1 }, choice('use', ['home', 'shop', 'office', 'storage', 'other'], 'home'), choice('occupancy', OCCUPANCIES, 'unknown'), number('area_m2'),
    ],
  },
  places: {
    fields: [
      { ...choice('kind', PLACE_KINDS, 'shop'), required: true }, needed('name'), { ...choice('risk', RISKS), only: 'fire_safety' }, { ...text('stream'), only: 'camera' }, text('address'), ...PLACE,
      record('building', 'buildings'), record('house', 'houses'), record('establishment', 'establishments'), text('contact'), sealed('telephone'),
    ],
  },
  things: {
    fields: [{ name: 'code', kind: 'component', required: true }, text('name'), choice('state', STATES, 'in_order'), text('owner_department'), text('address'), ...PLACE, { name: 'installed_on', kind: 'date' }],
  },
  establishments: {
    fields: [
      { ...choice('kind', ESTABLISHMENT_KINDS, 'company'), required: true }, needed('name'), text('credit_code'), text('industry'), text('responsible'), sealed('telephone'), number('employees'), text('address'),
      ...PLACE.map(({ required: _, ...field }) => field), record('building', 'buildings'), record('house', 'houses'),
    ],
  },
};

export const fieldOf = (element: ElementName, name: string): Field => SPECS[element].fields.find((one) => one.name === name) ?? { name, kind: 'text' };
