/** The map: basemap, members, and the overlays below and above them. The store says what; this draws it. */
import './engine';
import { type Map as MapLibre, NavigationControl, ScaleControl } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import { currentRoute } from '../app/route';
import { busyMembers } from '../desk/busy';
import { deskOf, useDesk } from '../desk/store';
import { shownOf, useStore } from '../state/store';
import { isTaken } from './clicks';
import { MembersLayer } from './members-layer';
import { ABOVE, BELOW } from './overlays';
import { ShiftedMap } from './shifted-map';
import { basemapStyle } from './style';
import { boundsOf } from './territory-shapes';
import { countsAt, datumOf, useSatellite, useTools } from './tools';
import { viewIn } from './view';

export function MapView() {
  const frame = useRef<HTMLDivElement>(null);
  const theme = useStore((state) => state.theme);
  const buildings = useStore((state) => state.buildings);
  const basemap = useStore((state) => state.me?.links.basemap ?? '/basemap/astana.pmtiles');

  const satellite = useSatellite();
  const datum = useStore((state) => datumOf(state.me?.links.gcj02 ?? [], satellite !== null));

  useEffect(() => {
    const map: MapLibre = new ShiftedMap({
      container: frame.current!,
      style: basemapStyle(theme, basemap, buildings, satellite),
      attributionControl: { compact: false },
      maxPitch: 70,
      localIdeographFontFamily: false, // our own slices; a machine without a Chinese font drew empty boxes
      ...firstView(),
    }, datum);
    map.addControl(new NavigationControl({ visualizePitch: true }), 'bottom-right');
    map.addControl(new ScaleControl({}), 'bottom-left');
    const members = new MembersLayer(theme, datum);
    const stops: (() => void)[] = [];
    map.on('load', () => {
      stops.push(...BELOW.map((overlay) => overlay(map, theme)));
      map.addLayer(members);
      stops.push(follow(map, members), ...ABOVE.map((overlay) => overlay(map, theme)));
    });
    map.on('click', (event) => {
      if (!isTaken(event)) useStore.getState().select(members.pick(event.point.x, event.point.y));
    });
    map.on('moveend', () => useStore.setState({ view: viewOf(map) }));
    return () => {
      for (const stop of stops) stop();
      map.remove();
    };
  }, [theme, buildings, basemap, satellite, datum]);

  return <div ref={frame} className="map" role="application" aria-label="map" />;
}

/** Where the map was, else what the address says, else the districts, else the world. */
function firstView() {
  const { view, organisations } = useStore.getState();
  const home = boundsOf(organisations.filter((one) => one.level === 'district')) ?? boundsOf(organisations);
  return view ?? viewIn(currentRoute().query.view) ?? (home ? { bounds: home, fitBoundsOptions: { padding: 20 } } : { center: [0, 20] as [number, number], zoom: 2 });
}

const viewOf = (map: MapLibre) => ({ center: map.getCenter().toArray(), zoom: map.getZoom(), pitch: map.getPitch(), bearing: map.getBearing() });

/** Bring the members up to the store, now and after each change; those of a past instant where one is looked at. */
function follow(map: MapLibre, members: MembersLayer): () => void {
  const state = useStore.getState();
  members.show(shownOf(state).rows, null);
  members.select(state.selected);
  noteDrawn(members, state.live.frames);
  if (state.goTo) bringTo(map, state.goTo, false);
  members.hiddenAt = (zoom) => !useTools.getState().layers.members || countsAt(useTools.getState().far, zoom, members.count);
  occupy(members);
  const stops = [useDesk.subscribe((now, before) => {
    if (deskOf(now).incidents !== deskOf(before).incidents) occupy(members);
  }), useTools.subscribe(() => map.triggerRepaint()), useStore.subscribe((now, before) => {
    const shown = shownOf(now);
    if (shown !== shownOf(before)) {
      members.show(shown.rows, now.past || before.past ? null : shown.touched, !now.past && !before.past);
      noteDrawn(members, now.live.frames);
      if (shown.info !== shownOf(before).info) occupy(members);
      if (now.following && now.selected !== null) keepInView(map, now.selected);
    }
    if (now.selected !== before.selected) members.select(now.selected);
    if (now.goTo) bringTo(map, now.goTo, true);
  })];
  return () => stops.forEach((stop) => stop());
}

/** Tell the layer who has a task, by device. */
function occupy(members: MembersLayer): void {
  const busy = busyMembers(deskOf(useDesk.getState()).incidents.values());
  const keys = [...shownOf(useStore.getState()).info.values()].flatMap((one) => {
    const task = busy.get(one.member ?? '');
    return task ? [[one.key, task] as const] : [];
  });
  members.occupy(new Map(keys));
}

/** A place that was asked for once: afterwards the map is the viewer's again. */
function bringTo(map: MapLibre, place: [number, number], gently: boolean): void {
  useStore.setState({ goTo: null });
  map[gently ? 'easeTo' : 'jumpTo']({ center: place, zoom: Math.max(map.getZoom(), 15) });
}

function keepInView(map: MapLibre, key: number): void {
  const row = shownOf(useStore.getState()).rows.get(key);
  if (row) map.easeTo({ center: [row.longitude, row.latitude], duration: 400 });
}

/** What tests wait for: how many members are drawn, and how many frames were applied. */
function noteDrawn(members: MembersLayer, frames: number): void {
  document.documentElement.dataset.members = String(members.count);
  document.documentElement.dataset.frames = String(frames);
}
