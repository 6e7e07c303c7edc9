/** What is switched on the map, remembered by the browser; and the tool that has the pointer. */
import { create } from 'zustand';
import { useStore } from '../state/store';
import type { Datum } from './datum';
import { ELEMENT_LAYERS } from './elements';

export const LAYERS = ['borders', 'labels', 'members', 'density', 'heat', 'geofences', ...ELEMENT_LAYERS, 'satellite'] as const;
export type Layer = (typeof LAYERS)[number];

/** How many members far away are shown: each, counted by organisation, or by H3 cell. */
export const FAR = ['dots', 'organisations', 'cells'] as const;
export type Far = (typeof FAR)[number];

/** What the pointer does: null selects. */
export type Tool = 'measure' | 'polygon' | 'circle' | null;

export type Layers = Readonly<Record<Layer, boolean>>;

interface ToolsState {
  layers: Layers;
  far: Far;
  /** Which panel is open beside the buttons. */
  panel: 'layers' | 'geofences' | 'territories' | null;
  tool: Tool;
  searching: boolean;
  /** Names of the basemap near what is in view; the map gives it while it is there. */
  named: (() => Place[]) | null;
  /** The map as it is drawn now. */
  picture: (() => Promise<Picture>) | null;
  toggle(layer: Layer): void;
  setFar(far: Far): void;
  open(panel: ToolsState['panel']): void;
  take(tool: Tool): void;
}

/** A picture's address, its size in pixels of the page, and its scale at the middle, metres a pixel. */
export interface Picture {
  url: string;
  width: number;
  height: number;
  metresPerPixel: number;
}

/** A name with a place. */
export interface Place {
  name: string;
  kind: 'place' | 'street';
  longitude: number;
  latitude: number;
}

const KEPT = 'gridwarden.map';
const FIRST: Layers = { borders: true, labels: true, members: true, density: false, heat: false, geofences: true, components: false, places: false, cameras: false, satellite: false };

/** Pure: what was kept, as far as it can be used. */
export function keptOf(text: string | null): { layers: Layers; far: Far } {
  let kept: { layers?: Record<string, unknown>; far?: unknown } = {};
  try {
    kept = (JSON.parse(text ?? '{}') as typeof kept | null) ?? {};
  } catch {
    // written by another version: start anew
  }
  const layers = Object.fromEntries(LAYERS.map((one) => [one, typeof kept.layers?.[one] === 'boolean' ? kept.layers[one] : FIRST[one]]));
  return { layers: layers as Layers, far: FAR.find((one) => one === kept.far) ?? 'organisations' };
}

export const useTools = create<ToolsState>()((set, get) => ({
  ...keptOf(globalThis.localStorage?.getItem(KEPT) ?? null),
  panel: null,
  tool: null,
  searching: false,
  named: null,
  picture: null,
  toggle(layer) {
    set({ layers: { ...get().layers, [layer]: !get().layers[layer] } });
    keep();
  },
  setFar(far) {
    set({ far });
    keep();
  },
  open(panel) {
    set({ panel: get().panel === panel ? null : panel });
  },
  take(tool) {
    set({ tool });
  },
}));

function keep(): void {
  const { layers, far } = useTools.getState();
  globalThis.localStorage?.setItem(KEPT, JSON.stringify({ layers, far }));
}

/** Members closer than this are always shown one by one. */
export const FAR_ZOOM = 12.3;
/** Fewer than this are shown one by one at every zoom. */
export const FAR_FROM = 1000;

/** Whether counts stand for the members at this zoom. */
export const countsAt = (far: Far, zoom: number, members: number): boolean => far !== 'dots' && zoom < FAR_ZOOM && members >= FAR_FROM;

/** The satellite's URL where there is one and it is switched on. */
export const useSatellite = (): string | null => {
  const url = useStore((state) => state.me?.links.satellite ?? null);
  return useTools((state) => state.layers.satellite) ? url : null;
};

/** The datum of the map that is shown. */
export const datumOf = (gcj02: readonly string[], satellite: boolean): Datum => (gcj02.includes(satellite ? 'satellite' : 'basemap') ? 'gcj02' : 'wgs84');
