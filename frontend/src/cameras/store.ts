/** The cameras near the incident that is open: drawn on the map while their list is shown. */
import { create } from 'zustand';
import type { Near } from './cameras';

interface State {
  near: readonly Near[];
  /** Whose picture is open. */
  open: string | null;
}

export const useCameras = create<State>()(() => ({ near: [], open: null }));
