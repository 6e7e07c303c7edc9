/** What the hotline decides, without a browser. Pure. */
import { placeOf } from '../state';
import type { Field, Values } from '../fields';
import { said } from '../fields';
import type { HotlineCall } from './types';

/** Digits enough to ask whose number it is. */
export const isNumber = (text: string): boolean => text.replace(/\D/g, '').length >= 5 && /^[0-9+() .-]{3,32}$/.test(text.trim());

/** What waits for somebody: a call that is open, or one that is to be called back. */
export const waits = ({ state, call_back, called_back_at }: Pick<HotlineCall, 'state' | 'call_back' | 'called_back_at'>): boolean => state === 'open' || (call_back && called_back_at === null);

/** A call as it was typed. */
export const callOf = (values: Values) => ({ ...said(values, 'telephone', 'name', 'kind', 'subject', 'body', 'organisation', 'address'), call_back: values.call_back === 'yes', ...placeOf(values.place ?? '') });

/** A line that is a place, or empty. */
export const placeField = (label: string, fault: string, hint?: string, start = ''): Field => ({ name: 'place', kind: 'line', label, start, fault: (text) => (text.trim() && !placeOf(text) ? fault : null), ...(hint === undefined ? {} : { hint }) });
