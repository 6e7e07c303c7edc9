import { expect, it } from 'vitest';
import { COLOURS, ELEMENT_LAYERS, KEY_PLACES, markOf, ofClass, sectionOf, shapesOf } from './elements';

const lamp = markOf('components', { id: 'T-1', name: 'lamp', address: 'Abay 1', latitude: 51, longitude: 71, code: 'C0115', state: 'damaged' });
const school = markOf('places', { id: 'L-1', name: 'school 7', address: '', latitude: 51, longitude: 71, kind: 'school', risk: 'low' });

it('tells marks by state or kind, each with a colour of its own', () => {
  const { features } = shapesOf([lamp, school]);
  expect(features.map((one) => one.properties!.icon)).toEqual(['components-damaged', 'places-school']);
  expect(features[0]!.geometry.coordinates).toEqual([71, 51]);
  const colours = ELEMENT_LAYERS.flatMap((layer) => Object.values(COLOURS[layer]));
  expect(new Set(colours).size).toBe(colours.length);
  expect(Object.keys(COLOURS.places)).toEqual([...KEY_PLACES]);
});

it('keeps the components of one class of the catalogue', () => {
  const classes = new Map([['C0115', 'public facilities']]);
  expect(ofClass([lamp], 'public facilities', classes)).toEqual([lamp]);
  expect(ofClass([lamp], 'greening', classes)).toEqual([]);
  expect(ofClass([lamp, school], null, classes)).toHaveLength(2);
});

it('knows in which section of the registry a record stands', () => {
  expect([lamp, school].map(sectionOf)).toEqual(['components', 'sites']);
  expect(sectionOf({ ...school, what: 'fire_safety' })).toBe('fire');
});
