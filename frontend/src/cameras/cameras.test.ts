import { expect, it } from 'vitest';
import { boxAround, nearest, showingOf, stillAt, type Camera } from './cameras';

const OWN = 'https://grid.example';
const camera = (id: string, latitude: number): Camera => ({ id, name: id, address: '', stream: null, latitude, longitude: 71 });

it('keeps those within reach, the nearest first', () => {
  const found = nearest({ latitude: 51, longitude: 71 }, 300, [camera('far', 51.01), camera('b', 51.002), camera('a', 51.001)]);
  expect(found.map((one) => [one.id, Math.round(one.metres)])).toEqual([['a', 111], ['b', 222]]);
});

it('looks in a box that holds the circle', () => {
  const [west, south, east, north] = boxAround({ latitude: 60, longitude: 10 }, 1000);
  expect([north - 60, 60 - south, east - 10, 10 - west].map((one) => one.toFixed(4))).toEqual(['0.0090', '0.0090', '0.0180', '0.0180']);
});

it('shows pictures of allowed origins, and links to all others', () => {
  const allowed = ['https://cams.example'];
  expect(showingOf('https://cams.example/7/now.jpg', allowed, OWN)).toBe('still');
  expect(showingOf('https://cams.example/7/mjpg/video.cgi', allowed, OWN)).toBe('moving');
  expect(showingOf('https://cams.example/7/live.m3u8', allowed, OWN)).toBe('link');
  expect(showingOf('https://other.example/7/now.jpg', allowed, OWN)).toBe('link');
  expect(showingOf('/cameras/7.png', [], OWN)).toBe('still');
});

it('shows nothing where there is no stream, or none of the web', () => {
  expect([null, 'javascript:alert(1)', 'data:image/png;base64,x', 'http://'].map((one) => showingOf(one, [], OWN))).toEqual(['none', 'none', 'none', 'none']);
});

it('asks for a still anew', () => {
  expect(stillAt('/a.jpg?x=1', OWN, 5)).toBe('https://grid.example/a.jpg?x=1&t=5');
});
