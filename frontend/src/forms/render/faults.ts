/** What in some answers does not keep to a form, by place and in words to choose. Pure; compiles nothing, so that it runs under our policy. */
import { type Schema, Validator } from '@cfworker/json-schema';
import type { Field } from '../types';

/** path: names and places in lists, from the outside in. word: which fault; limit: the bound that was passed, where it is one. */
export interface Fault {
  path: string[];
  word: string;
  limit?: string;
}

const LIMITED = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems']);
/** Faults that only say that there is one within, or that the fault of `oneOf` says better. */
const OUTER = new Set(['properties', 'items', 'const', 'additionalProperties']);

export function faultsOf(definition: Field, answers: unknown): Fault[] {
  const { errors } = new Validator(definition as Schema, '2020-12', false).validate(answers);
  return errors.flatMap(({ keyword, keywordLocation, instanceLocation }) => {
    if (OUTER.has(keyword) || keywordLocation.includes('/oneOf/')) return [];
    const path = partsOf(instanceLocation);
    const within = partsOf(keywordLocation).slice(0, -1);
    if (keyword === 'required') return missing(at(definition, within) as Field, at(answers, path)).map((name) => ({ path: [...path, name], word: 'required' }));
    const limit = LIMITED.has(keyword) ? { limit: String((at(definition, within) as Field)[keyword]) } : {};
    return [{ path, word: keyword, ...limit }];
  }).filter(isFirst);
}

const missing = (field: Field, answers: unknown): string[] => (field.required ?? []).filter((name) => !Object.hasOwn(answers as object, name));

const isFirst = (fault: Fault, n: number, all: Fault[]): boolean => all.findIndex((one) => one.word === fault.word && one.path.join('/') === fault.path.join('/')) === n;

const partsOf = (pointer: string): string[] => pointer.split('/').slice(1).map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));

const at = (value: unknown, path: readonly string[]): unknown => path.reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], value);
