/** Houses, places and establishments of the member's grids, kept for when there is no network. */
import { all } from '../../api/request';
import { withSession } from '../session';
import { setState, useHandheld } from '../store';
import type { Ground } from './types';

const OLD_MS = 1_800_000;
/** Of each list: a grid has a few hundred. */
const MOST = 5_000;

const list = async <T>(element: string, pick: (row: T) => T): Promise<T[]> => (await withSession(() => all<T>(`/registry/${element}`, { limit: 2_000 }, MOST))).map(pick);

/** Asked again once it is old; `now` asks at once. Throws as requests do. */
export async function refreshGround(now = false): Promise<void> {
  const { ground } = useHandheld.getState();
  if (!now && ground && Date.now() - ground.at < OLD_MS) return;
  const [buildings, houses, places, establishments] = await Promise.all([
    list<Ground['buildings'][number]>('buildings', ({ id, name, address }) => ({ id, name, address })),
    list<Ground['houses'][number]>('houses', ({ id, building, entrance, floor, number, residents }) => ({ id, building, entrance, floor, number, residents })),
    list<Ground['places'][number]>('places', ({ id, name, kind, address }) => ({ id, name, kind, address })),
    list<Ground['establishments'][number]>('establishments', ({ id, name, address }) => ({ id, name, address })),
  ]);
  setState({ ground: { at: Date.now(), buildings, houses, places, establishments } });
}

/** How a house is called: its building, then its door. */
export const houseName = (ground: Ground, house: Ground['houses'][number]): string => {
  const building = ground.buildings.find((one) => one.id === house.building);
  return [building?.address || building?.name || house.building, house.number].join(' · ');
};
