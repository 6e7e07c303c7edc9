/** What is drawn on the map beside the members: one file each, in the order in which they are stacked. */
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import type { Theme } from './style';
import { territories } from './territories';
import { tracks } from './track-layer';

/** Adds its sources and layers to a loaded map and follows its own state; what it returns ends that. */
export type Overlay = (map: MapLibre, theme: Theme) => () => void;

/** Overlays below the members, the lowest first. */
export const BELOW: readonly Overlay[] = [territories, tracks];

/** Overlays above the members. */
export const ABOVE: readonly Overlay[] = [];

type Click = (event: MapMouseEvent) => boolean;

const clicks: Click[] = [];

/** Let `take` see clicks before others do, the latest first; true: it was for me. What it returns ends that. */
export function takeClicks(take: Click): () => void {
  clicks.unshift(take);
  return () => void clicks.splice(clicks.indexOf(take), 1);
}

/** Whether somebody took the click. */
export const isTaken = (event: MapMouseEvent): boolean => clicks.some((take) => take(event));
