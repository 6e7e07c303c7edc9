/** For what somebody looks into houses: asked once, kept while the window is open, sent with every look. */
import { create } from 'zustand';

const KEPT = 'gridwarden-purpose';

interface Purpose {
  purpose: string;
  say(purpose: string): void;
}

export const usePurpose = create<Purpose>((set) => ({
  purpose: sessionStorage.getItem(KEPT) ?? '',
  say: (purpose) => {
    sessionStorage.setItem(KEPT, purpose);
    set({ purpose });
  },
}));
