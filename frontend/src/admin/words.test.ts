import { expect, test } from 'vitest';
import { en } from './words/en';
import { zh } from './words/zh';

const sources = import.meta.glob<string>(['./**/*.tsx', './**/*.ts', '!./**/*.test.ts'], { query: '?raw', import: 'default', eager: true });

test('every word that a view asks for is there', () => {
  const asked = Object.values(sources).flatMap((text) => [...text.matchAll(/\bt\('(\w+)'/g)].map(([, key]) => key!));
  expect(asked.length).toBeGreaterThan(150);
  expect([...new Set(asked)].filter((key) => !(key in en))).toEqual([]);
});

test('Chinese has the same places to fill as English', () => {
  const places = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(([place]) => place).sort();
  expect(Object.keys(en).filter((key) => String(places(en[key as keyof typeof en])) !== String(places(zh[key as keyof typeof en])))).toEqual([]);
});
