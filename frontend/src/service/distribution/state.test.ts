import { expect, it } from 'vitest';
import { goodsLine, lacking } from './state';

const RICE = { code: 'rice', name_en: 'Rice', name_zh: '大米', unit_en: 'bags', unit_zh: '袋', retired: false };

it('says what is handed out in the language of the page', () => {
  const goods = [{ commodity: 'rice', quantity: 2 }, { commodity: 'salt', quantity: 1 }];
  expect(goodsLine('en', [RICE], goods)).toBe('Rice × 2 bags · salt × 1');
  expect(goodsLine('zh', [RICE], goods)).toBe('大米 × 2 袋 · salt × 1');
});

it('knows what the store lacks', () => {
  const goods = [{ commodity: 'rice', quantity: 2 }, { commodity: 'oil', quantity: 1 }];
  expect(lacking({ stock: [{ commodity: 'rice', quantity: 20 }] }, goods, 10)).toEqual([{ commodity: 'oil', needed: 10, held: 0 }]);
  expect(lacking(undefined, goods, 0)).toEqual([]);
});
