/** Where the map looks, as an address tells it: "51.13000,71.43000,14.2", then bearing and pitch where it is turned. Pure. */
import type { View } from '../state/store';

export function textOf({ center: [longitude, latitude], zoom, bearing, pitch }: View): string {
  const turned = Math.round(bearing) !== 0 || Math.round(pitch) !== 0;
  return [latitude.toFixed(5), longitude.toFixed(5), Number(zoom.toFixed(1)), ...(turned ? [Math.round(bearing), Math.round(pitch)] : [])].join();
}

/** Null where the text is none. */
export function viewIn(text: string | undefined): View | null {
  const parts = (text ?? '').split(',').map((one) => (one.trim() === '' ? NaN : Number(one)));
  const [latitude = NaN, longitude = NaN, zoom = NaN, bearing = 0, pitch = 0] = parts;
  const fits = Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 && zoom >= 0 && zoom <= 22 && Math.abs(bearing) <= 360 && pitch >= 0 && pitch <= 70;
  return fits ? { center: [longitude, latitude], zoom, bearing, pitch } : null;
}
