/** The websocket of /device: signs in by the device token, hears what concerns the member, and never gives up. */
import { pauseBefore } from '../../live/socket';
import { type Heard, readHeard } from './tasks';

export type LinkState = 'connecting' | 'live' | 'broken';

export interface Link {
  send(message: Record<string, unknown>): void;
  /** Try at once: the network may be back. */
  hurry(): void;
  close(): void;
}

interface Options {
  url: string;
  token: string;
  heard: (message: Heard) => void;
  state: (state: LinkState) => void;
  /** The server does not know this phone any more. */
  refused: () => void;
}

const POLICY = 1008;

export function openLink({ url, token, heard, state, refused }: Options): Link {
  let socket: WebSocket | null = null;
  let attempt = 0;
  let timer: number | undefined;
  let closed = false;

  function connect(): void {
    window.clearTimeout(timer);
    state(attempt === 0 ? 'connecting' : 'broken');
    socket = new WebSocket(url);
    socket.onopen = () => socket?.send(JSON.stringify({ type: 'sign-in', token }));
    socket.onmessage = (event: MessageEvent<string>) => {
      attempt = 0;
      state('live');
      heard(readHeard(event.data));
    };
    socket.onclose = (event) => {
      if (closed) return;
      state('broken');
      if (event.code === POLICY) return refused();
      timer = window.setTimeout(connect, pauseBefore(attempt, Math.random()));
      attempt += 1;
    };
  }

  connect();
  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    hurry() {
      if (!closed && socket?.readyState === WebSocket.CLOSED) connect();
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      socket?.close();
    },
  };
}
