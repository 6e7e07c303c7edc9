/** The intercom's state: channels are read when somebody looks, messages are heard on the live feed. */
import { create } from 'zustand';
import { listen } from '../state/store';
import * as api from './api';
import { heard, silence, withMessage, withMessages, type Talk } from './state';
import type { Channel } from './types';

interface State {
  talk: Talk;
  open: string | null;
  loaded: boolean;
  load(): Promise<void>;
  look(channel: string): Promise<void>;
  leave(): void;
  know(channel: Channel): void;
  say(channel: string, text: string): Promise<void>;
  speak(channel: string, clip: Blob, seconds: number): Promise<void>;
}

export const useTalk = create<State>()((set, get) => ({
  talk: silence,
  open: null,
  loaded: false,
  async load() {
    const channels = await api.channels();
    set({ talk: { ...get().talk, channels: new Map(channels.map((one) => [one.id, one])) }, loaded: true });
  },
  async look(channel) {
    set({ open: channel });
    const newest = await api.messages(channel);
    set({ talk: withMessages(get().talk, channel, newest) });
  },
  leave() {
    set({ open: null });
  },
  know(channel) {
    const talk = get().talk;
    set({ talk: { ...talk, channels: new Map([[channel.id, channel], ...talk.channels]) } });
  },
  async say(channel, text) {
    const message = await api.say(channel, text);
    set({ talk: withMessage(get().talk, channel, message, true) });
  },
  async speak(channel, clip, seconds) {
    const message = await api.speak(channel, clip, seconds);
    set({ talk: withMessage(get().talk, channel, message, true) });
  },
}));

listen({
  begin() {
    const { loaded, open, load, look } = useTalk.getState();
    if (loaded) void load().catch(() => undefined); // the next look asks again
    if (open) void look(open).catch(() => undefined);
  },
  hear({ type, body }) {
    if (type !== 'channel') return;
    const { talk, open, loaded, load } = useTalk.getState();
    useTalk.setState({ talk: heard(talk, body, open) });
    if (loaded && !talk.channels.has((body as { id: string }).id)) void load().catch(() => undefined);
  },
  end: () => useTalk.setState({ talk: silence, open: null, loaded: false }),
});
