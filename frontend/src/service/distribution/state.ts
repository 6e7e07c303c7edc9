/** What stores and distributions decide, without a browser. Pure. */
import { nameIn } from '../../i18n/names';
import type { Commodity, Goods, Store } from './types';

/** "Rice, 10 kg × 2 bags"; the code where the commodity is not known. */
export function goodsLine(language: string, commodities: readonly Commodity[], goods: readonly Goods[]): string {
  return goods.map((one) => `${nameOf(language, commodities, one.commodity)} × ${one.quantity}${unitOf(language, commodities, one.commodity)}`).join(' · ');
}

const known = (commodities: readonly Commodity[], code: string): Commodity | undefined => commodities.find((one) => one.code === code);

export function nameOf(language: string, commodities: readonly Commodity[], code: string): string {
  const one = known(commodities, code);
  return one ? nameIn(language, one.name_en, one.name_zh) : code;
}

export function unitOf(language: string, commodities: readonly Commodity[], code: string): string {
  const one = known(commodities, code);
  return one ? ` ${nameIn(language, one.unit_en, one.unit_zh)}` : '';
}

/** What a distribution to so many households lacks in the store: what is needed and what is there, by commodity. */
export const lacking = (store: Pick<Store, 'stock'> | undefined, goods: readonly Goods[], households: number): { commodity: string; needed: number; held: number }[] =>
  goods
    .map(({ commodity, quantity }) => ({ commodity, needed: quantity * households, held: store?.stock.find((one) => one.commodity === commodity)?.quantity ?? 0 }))
    .filter((one) => one.needed > one.held);
