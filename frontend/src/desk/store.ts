/** The desk's state and commands. What a command answers is known at once; what others do is heard on the live feed. */
import { create } from 'zustand';
import { Problem } from '../api/request';
import type { Happening } from '../live/message';
import { listen } from '../state/store';
import * as api from './api';
import { heard, nothing, withAlert, withIncident, type Desk } from './state';
import type { Candidate, Candidates, Incident, Kind } from './types';
import { askWays } from './ways';

interface State {
  desk: Desk;
  /** In place of `desk` while a past instant is looked at. */
  past: Desk | null;
  loaded: boolean;
  /** Why the lists could not be read. */
  problem: string | null;
  kinds: readonly Kind[];
  /** Of the incident that is open; drawn on the map. */
  candidates: { incident: string; found: Candidates } | null;
  /** The candidate that is pointed at. */
  pointed: string | null;
  policy: api.Policy;
  profile: api.Profile;
  /** A place on the map for a new incident: wanted, or longitude and latitude. */
  placing: 'wanted' | [number, number] | null;
  load(): Promise<void>;
  hear(happening: Happening): void;
  know(incident: Incident): void;
  look(id: string): Promise<void>;
  prefer(policy: api.Policy, profile: api.Profile): void;
  send(incident: Incident, candidate: Candidate): Promise<Incident>;
  do(id: string, name: string, body?: object): Promise<Incident>;
  place(placing: State['placing']): void;
  point(member: string | null): void;
  forget(): void;
}

const DAY_MS = 86_400_000;

export const useDesk = create<State>()((set, get) => {
  const know = (incident: Incident): Incident => {
    set({ desk: withIncident(get().desk, incident) });
    return incident;
  };
  return {
    desk: nothing,
    past: null,
    loaded: false,
    problem: null,
    kinds: [],
    candidates: null,
    pointed: null,
    policy: 'travel_time',
    profile: 'walking',
    placing: null,

    async load() {
      try {
        const [open, ended, alerts, kinds] = await Promise.all([
          api.openIncidents(), api.endedIncidents(new Date(Date.now() - DAY_MS)), api.openAlerts(), api.kinds(),
        ]);
        let desk = { ...nothing, key: get().desk.key };
        for (const one of [...ended.reverse(), ...open]) desk = withIncident(desk, one);
        for (const one of alerts) desk = withAlert(desk, one);
        set({ desk, kinds, loaded: true, problem: null });
      } catch (error) {
        set({ problem: error instanceof Error ? error.message : String(error) });
      }
    },
    hear(happening) {
      set({ desk: heard(get().desk, happening) });
    },
    know(incident) {
      know(incident);
    },
    async look(id) {
      const found = await api.candidates(id, get().policy, get().profile);
      set({ candidates: { incident: id, found } });
      const incident = get().desk.incidents.get(id);
      if (incident) void askWays(incident, found.items, get().profile);
    },
    prefer(policy, profile) {
      set({ policy, profile });
    },
    async send(incident, candidate) {
      return know(await again(incident.id, () => api.dispatch(incident, candidate, get().policy)));
    },
    async do(id, name, body = {}) {
      const version = get().desk.incidents.get(id)?.version;
      const seen = WITH_VERSION.has(name) && version !== undefined ? { version } : {};
      return know(await again(id, () => api.command(id, name, { ...seen, ...body })));
    },
    place(placing) {
      set({ placing });
    },
    point(pointed) {
      set({ pointed });
    },
    forget() {
      set({ desk: nothing, past: null, loaded: false, candidates: null, placing: null, kinds: [] });
    },
  };

  /** After a conflict the incident is read again, so that the page shows what changed. */
  async function again<T>(id: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Problem && error.status === 409) api.incident(id).then(know, () => undefined);
      throw error;
    }
  }
});

/** Commands that say which version was seen, so that nothing is overwritten. */
const WITH_VERSION: ReadonlySet<string> = new Set(['accept', 'reject', 'merge', 'close', 'reopen', 'escalate', 'suspend', 'defer', 'approve', 'refuse', 'resume', 'feedback', 'verify']);

/** What is shown: now, or the past instant that is looked at. */
export const deskOf = (state: Pick<State, 'desk' | 'past'>): Desk => state.past ?? state.desk;

listen({
  begin: () => void useDesk.getState().load(),
  hear: (happening) => useDesk.getState().hear(happening),
  end: () => useDesk.getState().forget(),
});
