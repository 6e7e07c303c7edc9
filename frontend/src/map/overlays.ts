/** What is drawn on the map beside the members: one file each, in the order in which they are stacked. */
import type { Map as MapLibre } from 'maplibre-gl';
import { candidates } from '../desk/candidates-layer';
import { incidents } from '../desk/incidents-layer';
import { memberCounters } from './counts-layer';
import { density } from './density-layer';
import { elements } from './elements-layer';
import { fences } from './geofences-layer';
import { sketches } from './sketch-layer';
import type { Theme } from './style';
import { switches } from './switches';
import { territories } from './territories';
import { tracks } from './track-layer';
import { redrawings } from '../territories/preview-layer';

/** Adds its sources and layers to a loaded map and follows its own state; what it returns ends that. */
export type Overlay = (map: MapLibre, theme: Theme) => () => void;

/** Overlays below the members, the lowest first. */
export const BELOW: readonly Overlay[] = [territories, density, fences, elements, tracks];

/** Overlays above the members. */
export const ABOVE: readonly Overlay[] = [memberCounters, candidates, incidents, redrawings, sketches, switches];
