/** The chosen organisation, the selected member and where the map looks stand in its address, and come from there when it is opened. */
import { useEffect } from 'react';
import { textOf } from '../map/view';
import { useStore } from '../state/store';
import { currentRoute, goTo, pathOf, useRoute } from './route';

export function useDeepLink(): void {
  const { page } = useRoute();
  const organisation = useStore((state) => state.organisation);
  const member = useStore((state) => (state.selected === null ? undefined : (state.live.info.get(state.selected)?.member ?? undefined)));
  const view = useStore((state) => (state.view ? textOf(state.view) : undefined));
  useEffect(open, []);
  useEffect(() => {
    if (page === 'map' && wanted === null) goTo(pathOf('map', [], { organisation: organisation ?? undefined, member, view: view ?? currentRoute().query.view }), true);
  }, [page, organisation, member, view]);
}

/** The member that the address names, until the feed has told of him. */
let wanted: string | null = null;

function open(): () => void {
  const { page, query } = currentRoute();
  if (page !== 'map') return () => undefined;
  const { organisations, organisation, choose } = useStore.getState();
  if (query.organisation && query.organisation !== organisation && organisations.some((one) => one.id === query.organisation)) choose(query.organisation);
  wanted = query.member ?? null;
  const look = () => {
    const { live, find } = useStore.getState();
    if (wanted === null || live.rows.size === 0) return;
    const found = [...live.info.values()].find((one) => one.member === wanted);
    wanted = null;
    if (found) find(found.key);
  };
  look();
  const stop = useStore.subscribe(look);
  return () => {
    stop();
    wanted = null;
  };
}
