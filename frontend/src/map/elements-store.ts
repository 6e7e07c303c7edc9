/** The records of the registry that are in view, asked for as the map moves; and the one that was clicked. */
import { create } from 'zustand';
import { all } from '../api/request';
import { useStore } from '../state/store';
import { type ElementLayer, type ElementRecord, KEY_PLACES, type Mark, markOf } from './elements';

/** Of one layer at once; more are told as more. */
const MOST = 4_000;
const A_PAGE = 1_000;

interface State {
  marks: Readonly<Record<ElementLayer, readonly Mark[]>>;
  /** Layers with more in view than are drawn. */
  more: ReadonlySet<ElementLayer>;
  /** Why the last question was not answered. */
  problem: string | null;
  chosen: Mark | null;
  /** Of the catalogue; null: every class. */
  class: string | null;
  look(layer: ElementLayer, bbox: string): Promise<void>;
}

export const useElements = create<State>()((set, get) => ({
  marks: { components: [], places: [], cameras: [] },
  more: new Set(),
  problem: null,
  chosen: null,
  class: null,
  async look(layer, bbox) {
    try {
      const found = await ask(layer, { bbox, organisation: useStore.getState().organisation, limit: A_PAGE });
      const more = new Set(get().more);
      more[found.length >= MOST ? 'add' : 'delete'](layer);
      set({ marks: { ...get().marks, [layer]: found.map((one) => markOf(layer, one)) }, more, problem: null });
    } catch (error) {
      set({ problem: error instanceof Error ? error.message : String(error) });
    }
  },
}));

async function ask(layer: ElementLayer, query: { bbox: string; organisation: string | null; limit: number }): Promise<ElementRecord[]> {
  if (layer === 'components') return all('/registry/things', query, MOST);
  const kinds = layer === 'cameras' ? ['camera'] : KEY_PLACES;
  return (await Promise.all(kinds.map((kind) => all<ElementRecord>('/registry/places', { ...query, kind }, MOST)))).flat();
}
