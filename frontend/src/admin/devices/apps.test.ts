import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { APPS, type Carrier } from './apps';
import { pathOfMatrix } from './matrix';

const SERVER = { origin: 'https://city.example:8443' };
const PHONE: Carrier = { device: 'phone 1', token: 'a&b=c+d', requireToken: false };
const app = (name: string) => APPS.find((one) => one.name === name)!;

test('Traccar Client reads the server from the address and the rest from the query', () => {
  const url = new URL(app('traccar').setup(SERVER, PHONE).qr!);
  expect(url.origin + url.pathname).toBe('https://city.example:8443/ingest/osmand');
  expect(url.searchParams.get('id')).toBe('phone 1');
  expect(new URL(app('traccar').setup(SERVER, { ...PHONE, requireToken: true }).qr!).searchParams.get('id')).toBe('a&b=c+d');
});

test('OwnTracks gets its configuration as base64 of JSON, whatever the letters', () => {
  const { qr } = app('owntracks').setup(SERVER, { ...PHONE, device: '终端-1' });
  const inline = new URLSearchParams(qr!.split('?')[1]).get('inline')!;
  const settings = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(inline), (sign) => sign.charCodeAt(0)))) as Record<string, unknown>;
  expect(settings).toMatchObject({ _type: 'configuration', mode: 3, url: 'https://city.example:8443/pub', username: '终端-1', password: 'a&b=c+d' });
});

test('Overland, GPSLogger and OsmAnd carry device and token, encoded', () => {
  const overland = new URLSearchParams(app('overland').setup(SERVER, PHONE).qr!.split('?')[1]);
  expect([overland.get('url'), overland.get('token'), overland.get('device_id')]).toEqual(['https://city.example:8443/ingest/overland', 'a&b=c+d', 'phone 1']);
  for (const name of ['gpslogger', 'osmand']) expect(app(name).setup(SERVER, PHONE).qr).toContain('id=phone+1&token=a%26b%3Dc%2Bd&lat=');
  expect(app('gpslogger').setup(SERVER, PHONE).file!.text).toContain('log_customurl_url=https://city.example:8443/ingest/gpslogger?');
});

test('without its token a device speaks by its id, unless the token is wanted', () => {
  const works = (carrier: Carrier) => APPS.filter((one) => one.works(carrier)).map((one) => one.name);
  expect(works({ ...PHONE, token: null })).toEqual(['traccar', 'gpslogger', 'osmand']);
  expect(works({ ...PHONE, token: null, requireToken: true })).toEqual([]);
  expect(works(PHONE)).toHaveLength(APPS.length);
});

test('the path covers exactly the dark modules', () => {
  const { data } = encode('https://city.example/', { ecc: 'M' });
  const drawn = data.map((row) => row.map(() => false));
  for (const [, x, y, width] of pathOfMatrix(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) drawn[Number(y)]!.fill(true, Number(x), Number(x) + Number(width));
  expect(drawn).toEqual(data);
});
