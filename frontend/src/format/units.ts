/** Figures for people. State stays SI and UTC. */

/** "3 s", "4 min", "2 h", "5 d" of an age in ms. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Walking pace reads better in km/h than in m/s. */
export const speed = (metresPerSecond: number | null): string =>
  metresPerSecond === null ? '–' : `${(metresPerSecond * 3.6).toFixed(1)} km/h`;

/** "850 m", "3.2 km". */
export const distance = (metres: number): string =>
  metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;

/** "850 m²", "3.2 km²". */
export const area = (squareMetres: number): string =>
  squareMetres < 100_000 ? `${Math.round(squareMetres)} m²` : `${(squareMetres / 1e6).toFixed(2)} km²`;

/** "51.16052, 71.43011": latitude and longitude to a metre. */
export const degrees = (latitude: number, longitude: number): string => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

const POINTS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

export const course = (degrees: number | null): string =>
  degrees === null ? '–' : `${Math.round(degrees)}° ${POINTS[Math.round(degrees / 45) % 8]}`;

export const percent = (part: number | null): string => (part === null ? '–' : `${Math.round(part * 100)} %`);

export const clock = (ms: number): string => new Date(ms).toLocaleTimeString([], { hour12: false });
