import { describe, expect, it } from 'vitest';
import { addressOfView, keptOf } from './views';

describe('a saved view', () => {
  it('opens where it was saved', () => {
    const kept = keptOf({ page: 'statistics', rest: ['incidents'], query: { figure: 'late', days: '7' } });
    expect(kept.page).toBe('statistics/incidents');
    expect(addressOfView(kept)).toBe('/statistics/incidents?figure=late&days=7');
  });
  it('opens nothing but a page of ours', () => {
    expect(addressOfView({ page: '/evil.example/x', query: {} })).toBe('/');
  });
});
