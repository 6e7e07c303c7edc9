/** The routes of stores and distributions. */
import { get, post } from '../../api/request';
import type { Commodity, Distribution, DistributionDetail, Goods, ReportRow, Signed, Store } from './types';

const at = (id: string, more: string): string => `/distributions/${encodeURIComponent(id)}${more}`;

export interface Asked {
  organisation: string;
  groups: readonly string[];
  least_people: number;
}

export const commodities = async (): Promise<Commodity[]> => (await get<{ items: Commodity[] }>('/commodities')).items;
export const stores = async (): Promise<Store[]> => (await get<{ items: Store[] }>('/stores', { limit: 500 })).items;
export const addStore = (body: object, key: string): Promise<Store> => post('/stores', body, key);
export const move = (store: string, body: object, key: string): Promise<Store> => post(`/stores/${encodeURIComponent(store)}/movements`, body, key);
export const report = (days: number): Promise<{ since: string; items: ReportRow[] }> => get('/stock/report', { days });
export const distribution = (id: string): Promise<DistributionDetail> => get(at(id, ''));
export const open = (body: Asked & { title: string; note: string | null; store: string; goods: readonly Goods[] }, key: string): Promise<Distribution> => post('/distributions', body, key);
export const close = (id: string, version: number, note: string): Promise<Distribution> => post(at(id, '/close'), { version, note });
export const reach = ({ organisation, groups, least_people }: Asked): Promise<{ households: number; people: number }> => get('/distributions/reach', { organisation, groups: groups.join(), least_people });
export const householdsOf = (id: string): string => at(id, '/households');
export const signed = (receipt: string, purpose: string): Promise<Signed> => post(`/receipts/${encodeURIComponent(receipt)}/reveal`, { purpose });
