/** The routes of offers and needs. */
import { get, post } from '../../api/request';
import type { Contact } from '../types';
import type { Listing, ListingDetail } from './types';

const at = (id: string, deed = ''): string => `/listings/${encodeURIComponent(id)}${deed && `/${deed}`}`;

export const listing = (id: string): Promise<ListingDetail> => get(at(id));
export const add = (body: object, key: string): Promise<Listing> => post('/listings', body, key);
export const act = (id: string, deed: 'match' | 'extend' | 'close' | 'reopen', body: object): Promise<Listing> => post(at(id, deed), body);
export const reveal = (id: string, purpose: string): Promise<Contact> => post(at(id, 'reveal'), { purpose });
