/** The ways of the candidates to the open incident, along streets where they are known; drawn on the map as they come. */
import type { Position } from 'geojson';
import { create } from 'zustand';
import { askWay, type Way } from '../geo/way';
import type { Candidate, Incident } from './types';

interface State {
  /** By member. */
  ways: ReadonlyMap<string, Way>;
}

export const useWays = create<State>()(() => ({ ways: new Map() }));

/** Of each candidate, the best first; another incident's, or a newer question, ends it. */
export async function askWays(incident: Incident, candidates: readonly Candidate[], profile: string): Promise<void> {
  const ways = new Map<string, Way>();
  useWays.setState({ ways });
  let last: ReadonlyMap<string, Way> = ways;
  for (const one of candidates) {
    const way = await askWay(one, incident, profile).catch(() => null); // the straight line stands
    if (useWays.getState().ways !== last) return;
    if (way) useWays.setState({ ways: (last = new Map(last).set(one.member, way)) });
  }
}

/** The line to draw from a candidate, and whether it goes along streets. Pure. */
export function lineOf(one: Candidate, there: Position, way: Way | undefined): { line: Position[]; streets: boolean } {
  return way && way.basis !== 'line' ? { line: way.line.coordinates, streets: true } : { line: [[one.longitude, one.latitude], there], streets: false };
}

/** Where a line's label stands: nearer to the member than to the place, where all the lines meet. Pure. */
export function labelPlace(line: readonly Position[]): Position {
  if (line.length > 2) return line[Math.floor(line.length * 0.4)]!;
  const [from, to] = [line[0]!, line[line.length - 1]!];
  return [0.6 * from[0]! + 0.4 * to[0]!, 0.6 * from[1]! + 0.4 * to[1]!];
}
