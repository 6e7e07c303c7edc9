/** Who a click on the map is for: whoever asked for clicks last is asked first; nobody's selects a member. */
import type { MapMouseEvent } from 'maplibre-gl';

type Click = (event: MapMouseEvent) => boolean;

const clicks: Click[] = [];

/** Let `take` see clicks before others do, the latest first; true: it was for me. What it returns ends that. */
export function takeClicks(take: Click): () => void {
  clicks.unshift(take);
  return () => void clicks.splice(clicks.indexOf(take), 1);
}

/** Whether somebody took the click. */
export const isTaken = (event: MapMouseEvent): boolean => clicks.some((take) => take(event));
