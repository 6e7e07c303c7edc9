/** The values of a form, what the server found wrong with them, and the sending. */
import { useState, type ChangeEvent } from 'react';
import { changesOf, NOTHING, toldOf, type Told } from './faults';

export interface Form<T> {
  values: T;
  told: Told;
  busy: boolean;
  /** Whether anything differs from what was there first. */
  dirty: boolean;
  changes(): Partial<T>;
  set<K extends keyof T>(name: K, value: T[K]): void;
  /** Do it; a refusal is shown at its fields. taken: the field that a 409 is about. True where it went well. */
  send(work: () => Promise<void>, taken?: keyof T & string): Promise<boolean>;
}

export function useForm<T extends object>(first: T): Form<T> {
  const [values, setValues] = useState(first);
  const [told, setTold] = useState<Told>(NOTHING);
  const [busy, setBusy] = useState(false);
  return {
    values,
    told,
    busy,
    dirty: Object.keys(changesOf(first, values)).length > 0,
    changes: () => changesOf(first, values),
    set(name, value) {
      setValues((old) => ({ ...old, [name]: value }));
      setTold(({ fields: { [name as string]: _, ...fields }, rest }) => ({ fields, rest }));
    },
    async send(work, taken) {
      setBusy(true);
      try {
        await work();
        setTold(NOTHING);
        return true;
      } catch (error) {
        setTold(toldOf(error, Object.keys(first), taken));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

type Text = string | null;

/** What a text input needs of a field; an empty one is null where `empty` says so. */
export function textOf<T extends object, K extends keyof T & string>(form: Form<T>, name: K, empty: '' | null = '') {
  return {
    value: (form.values[name] as Text) ?? '',
    error: form.told.fields[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => form.set(name, (event.currentTarget.value || empty) as T[K]),
    'data-testid': `field-${name}`,
  };
}

/** What a select, tags or number input needs of a field. */
export function valueOf<T extends object, K extends keyof T & string>(form: Form<T>, name: K) {
  return {
    value: form.values[name],
    error: form.told.fields[name],
    onChange: (value: T[K]) => form.set(name, value),
    'data-testid': `field-${name}`,
  };
}

/** A number, or null where the field is empty. */
export function numberOf<T extends object, K extends keyof T & string>(form: Form<T>, name: K) {
  return {
    value: (form.values[name] as number | null) ?? '',
    error: form.told.fields[name],
    onChange: (value: number | string) => form.set(name, (value === '' ? null : Number(value)) as T[K]),
    'data-testid': `field-${name}`,
  };
}

/** What a switch or checkbox needs of a field. */
export function checkOf<T extends object, K extends keyof T & string>(form: Form<T>, name: K) {
  return {
    checked: Boolean(form.values[name]),
    onChange: (event: ChangeEvent<HTMLInputElement>) => form.set(name, event.currentTarget.checked as T[K]),
    'data-testid': `field-${name}`,
  };
}
