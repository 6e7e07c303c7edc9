/** The map: basemap, territories, track, members. The store says what; this draws it. */
import 'maplibre-gl/dist/maplibre-gl.css';
import { addProtocol, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { useEffect, useRef } from 'react';
import { useStore } from '../state/store';
import { MembersLayer } from './members-layer';
import { basemapStyle } from './style';
import { addTerritories, boundsOf, chooseTerritory } from './territories';
import { addTrack, showReplay, showTrack } from './track-layer';

setWorkerUrl(workerUrl);
addProtocol('pmtiles', new Protocol().tile);

export function MapView() {
  const frame = useRef<HTMLDivElement>(null);
  const theme = useStore((state) => state.theme);
  const buildings = useStore((state) => state.buildings);
  const basemap = useStore((state) => state.me?.links.basemap ?? '/basemap/astana.pmtiles');
  const organisations = useStore((state) => state.organisations);

  useEffect(() => {
    const view = useStore.getState().view;
    const home = boundsOf(organisations.filter((one) => one.level === 'district'));
    const map = new MapLibre({
      container: frame.current!,
      style: basemapStyle(theme, basemap, buildings),
      attributionControl: { compact: false },
      maxPitch: 70,
      localIdeographFontFamily: false, // our own slices; a machine without a Chinese font drew empty boxes
      ...(view ?? (home ? { bounds: home, fitBoundsOptions: { padding: 20 } } : { center: [0, 20], zoom: 2 })),
    });
    map.addControl(new NavigationControl({ visualizePitch: true }), 'bottom-right');
    map.addControl(new ScaleControl({}), 'bottom-left');
    const members = new MembersLayer(theme);
    let stop = () => undefined as void;
    map.on('load', () => {
      addTerritories(map, organisations, theme, 'street-names');
      addTrack(map, 'street-names');
      map.addLayer(members);
      stop = follow(map, members);
    });
    map.on('click', (event) => useStore.getState().select(members.pick(event.point.x, event.point.y)));
    map.on('moveend', () => useStore.setState({ view: { center: map.getCenter().toArray(), zoom: map.getZoom(), pitch: map.getPitch(), bearing: map.getBearing() } }));
    return () => {
      stop();
      map.remove();
    };
  }, [theme, buildings, basemap, organisations]);

  return <div ref={frame} className="map" role="application" aria-label="map" />;
}

/** Bring the layers up to the store, now and after each change. */
function follow(map: MapLibre, members: MembersLayer): () => void {
  const state = useStore.getState();
  members.show(state.live.rows, null);
  members.select(state.selected);
  showTrack(map, state.track);
  showReplay(map, state.replay);
  chooseTerritory(map, state.chosen());
  noteDrawn(members, state.live.frames);
  return useStore.subscribe((now, before) => {
    if (now.live !== before.live) {
      members.show(now.live.rows, now.live.touched);
      noteDrawn(members, now.live.frames);
      if (now.following && now.selected !== null) keepInView(map, now.selected);
    }
    if (now.selected !== before.selected) members.select(now.selected);
    if (now.track !== before.track) showTrack(map, now.track);
    if (now.replay !== before.replay) showReplay(map, now.replay);
    if (now.organisation !== before.organisation) {
      const chosen = now.chosen();
      chooseTerritory(map, chosen);
      const bounds = boundsOf(chosen?.territory ? [chosen] : now.organisations);
      if (bounds) map.fitBounds(bounds, { padding: 40, duration: 600 });
    }
    if (now.goTo !== before.goTo && now.goTo) map.easeTo({ center: now.goTo, zoom: Math.max(map.getZoom(), 15) });
  });
}

function keepInView(map: MapLibre, key: number): void {
  const row = useStore.getState().live.rows.get(key);
  if (row) map.easeTo({ center: [row.longitude, row.latitude], duration: 400 });
}

/** What tests wait for: how many members are drawn, and how many frames were applied. */
function noteDrawn(members: MembersLayer, frames: number): void {
  document.documentElement.dataset.members = String(members.count);
  document.documentElement.dataset.frames = String(frames);
}
