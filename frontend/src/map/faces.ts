/** Font files of the map's labels: Latin and Cyrillic from public/, Chinese in slices of which only those needed are fetched. */
import ranges from '@fontsource-variable/noto-sans-sc/unicode.json';

interface Face {
  url: string;
  'unicode-range': string[];
}

const slices = import.meta.glob<string>('/node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** "[4]" of the package's table is the file "noto-sans-sc-4-wght-normal.woff2"; subsets by name are not Chinese. */
const chinese: Face[] = Object.entries(ranges).flatMap(([subset, range]) => {
  const number = /^\[(\d+)\]$/.exec(subset)?.[1];
  const url = slices[`/node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-${number}-wght-normal.woff2`];
  return url ? [{ url, 'unicode-range': range.split(',').map((one) => one.trim().toUpperCase()) }] : [];
});

export const FACES: readonly Face[] = [
  { url: '/fonts/noto-sans-latin-wght-normal.woff2', 'unicode-range': ['U+0000-00FF', 'U+2000-206F'] },
  { url: '/fonts/noto-sans-latin-ext-wght-normal.woff2', 'unicode-range': ['U+0100-02BA'] },
  {
    url: '/fonts/noto-sans-cyrillic-wght-normal.woff2',
    'unicode-range': ['U+0301', 'U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116'],
  },
  { url: '/fonts/noto-sans-cyrillic-ext-wght-normal.woff2', 'unicode-range': ['U+0460-052F', 'U+1C80-1C8A'] },
  ...chinese,
];
