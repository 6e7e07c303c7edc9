/** The redrawing under way: what is drawn is told to the server, which says what would come of it before it is stored. */
import { create } from 'zustand';
import { organisations } from '../api/client';
import { all, post, reasonOf, request } from '../api/request';
import type { Organisation } from '../api/types';
import { areaUnder, outlineOf, useSketch } from '../map/sketching';
import { begun, type Sketch } from '../map/sketch';
import { useStore } from '../state/store';
import type { Preview } from './preview';
import type { Drawn, Past, Redrawn } from './types';

export type Task = 'draw' | 'edit' | 'split' | 'merge';

/** The names that a new organisation gets. */
export interface NewPart {
  id: string;
  name: string;
}

interface State {
  task: Task | null;
  /** Neighbours give way. */
  neighbours: boolean;
  /** Of those that are merged into the chosen one, ids. */
  others: readonly string[];
  part: NewPart;
  preview: Preview | null;
  problem: string | null;
  busy: boolean;
  past: readonly Past[];
  begin(task: Task, one: Organisation): void;
  change(change: Partial<Pick<State, 'neighbours' | 'others' | 'part'>>): void;
  check(one: Organisation): Promise<void>;
  save(one: Organisation): Promise<boolean>;
  look(at: string | null): Promise<void>;
  leave(): void;
}

const FREE = { task: null, others: [], part: { id: '', name: '' }, preview: null, problem: null, busy: false };

export const useTerritories = create<State>()((set, get) => {
  let latest = 0;
  return {
    ...FREE,
    neighbours: true,
    past: [],
    begin(task, one) {
      const sketch = task === 'draw' ? begun('polygon') : task === 'split' ? begun('measure') : task === 'edit' && one.territory ? outlineOf(one.territory) : null;
      useSketch.setState({ sketch, form: null });
      set({ ...FREE, task, part: { id: `${one.id}-2`, name: `${one.name} 2` } });
    },
    change: (change) => set(change),
    async check(one) {
      const mine = ++latest;
      const asked = questionOf(get(), one, useSketch.getState().sketch, true);
      if (!asked) return set({ preview: null, problem: null });
      set({ busy: true });
      const told = await asked().then((preview) => ({ preview, problem: null }), (error: unknown) => ({ preview: null, problem: reasonOf(error) }));
      if (mine === latest) set({ ...told, busy: false });
    },
    async save(one) {
      const asked = questionOf(get(), one, useSketch.getState().sketch, false);
      if (!asked) return false;
      set({ busy: true, problem: null });
      try {
        await asked();
        latest += 1;
        useStore.setState({ organisations: await organisations() });
        get().leave();
        return true;
      } catch (error) {
        set({ problem: reasonOf(error), busy: false });
        return false;
      }
    },
    async look(at) {
      set({ past: at === null ? [] : await all<Past>('/territories', { at, limit: 2_000 }) });
    },
    leave() {
      useSketch.getState().cancel();
      set(FREE);
    },
  };
});

type Question = () => Promise<Preview>;

/** What to ask the server; null: too little is drawn. */
function questionOf({ task, neighbours, others, part }: State, one: Organisation, sketch: Sketch | null, check: boolean): Question | null {
  const at = `/organisations/${encodeURIComponent(one.id)}`;
  const { version } = one;
  switch (task) {
    case 'draw':
    case 'edit':
      if (!sketch?.done) return null;
      return async () => {
        const told = await request<Redrawn>('PUT', `${at}/territory`, { body: { version, territory: areaUnder(sketch), neighbours, check } });
        return { areas: told.neighbours, faults: told.faults };
      };
    case 'split':
      if (!sketch?.done || !part.id.trim() || !part.name.trim()) return null;
      return async () => {
        const line = { type: 'LineString', coordinates: sketch.points };
        const parts = [{ id: one.id, name: one.name, code: one.code }, { id: part.id.trim(), name: part.name.trim() }];
        return { areas: (await post<{ parts: Drawn[] }>(`${at}/split`, { version, line, parts, check })).parts, faults: [] };
      };
    case 'merge':
      if (others.length === 0) return null;
      return async () => {
        const versions = new Map(useStore.getState().organisations.map((other) => [other.id, other.version]));
        const into = { id: one.id, name: one.name, code: one.code };
        return { areas: [await post<Drawn>('/organisations/merge', { into, version, others: others.map((id) => ({ id, version: versions.get(id) })), check })], faults: [] };
      };
    default:
      return null;
  }
}
