import { expect, it } from 'vitest';
import { gpsloggerUrl, overlandLink, owntracksLink } from './apps';

it('OwnTracks is told server, device and token', () => {
  const link = new URL(owntracksLink('https://city.example', 'handheld-anna', 'secret'));
  expect(JSON.parse(atob(link.searchParams.get('inline')!))).toMatchObject({ mode: 3, url: 'https://city.example/pub', username: 'handheld-anna', password: 'secret' });
});

it('Overland is told the receiver and the token', () => {
  const link = new URL(overlandLink('https://city.example', 'handheld-anna', 'a+b'));
  expect([link.searchParams.get('url'), link.searchParams.get('token')]).toEqual(['https://city.example/ingest/overland', 'a+b']);
});

it('GPSLogger writes its values into the address', () => {
  const url = gpsloggerUrl('https://city.example', 'handheld-anna', 'a&b');
  expect(url).toContain('id=handheld-anna&token=a%26b&lat=%LAT&lon=%LON');
});
