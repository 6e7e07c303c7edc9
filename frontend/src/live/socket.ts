/** The websocket of /live: connects, subscribes, resumes after a break, and never gives up. */
import type { Message } from './members';
import { readMessage, type Happening, type Heard } from './message';

export type Link = 'connecting' | 'live' | 'broken';

export interface Feed {
  /** Ask for another part of the city; null: all that the caller may see. */
  subscribe(organisation: string | null): void;
  close(): void;
}

interface Options {
  url: string;
  heard: (message: Message) => void;
  /** Something happened: an incident, an alert, a notice. */
  happened: (happening: Happening) => void;
  /** More happened than can be told: the lists are to be read again. */
  gap: () => void;
  /** Key of the newest happening heard; null: lists are read anew anyway. */
  after: () => number | null;
  link: (link: Link) => void;
  signedOut: () => void;
  /** Where to go on after a break: epoch and sequence, null from the start. */
  resume: () => { epoch: string; sequence: number } | null;
}

const SIGNED_OUT = 4401;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Milliseconds before the next attempt: doubled each time, with jitter so that a crowd does not return at once. */
export function pauseBefore(attempt: number, random: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + random);
}

export function openFeed(options: Options): Feed {
  let socket: WebSocket | null = null;
  let organisation: string | null = null;
  let attempt = 0;
  let timer: number | undefined;
  let closed = false;

  function ask(resume: { epoch: string; sequence: number } | null): void {
    socket?.send(JSON.stringify({ type: 'subscribe', organisation, bbox: null, resume, everywhere: true, after: options.after() }));
  }

  function take(event: MessageEvent<string | ArrayBuffer>): void {
    let message: Heard | null;
    try {
      message = readMessage(event.data, Date.now());
    } catch {
      socket?.close(); // the stream cannot be trusted any more: connect anew and ask again
      return;
    }
    if (message === null) return;
    if (message.type === 'happening') return options.happened(message.happening);
    if (message.type === 'gap') return options.gap();
    const resume = options.resume();
    options.heard(message);
    if (message.type === 'welcome') {
      attempt = 0;
      ask(resume?.epoch === message.epoch ? resume : null);
      options.link('live');
    }
  }

  function connect(): void {
    options.link(attempt === 0 ? 'connecting' : 'broken');
    socket = new WebSocket(options.url);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = take;
    socket.onclose = (event) => {
      if (closed) return;
      options.link('broken');
      if (event.code === SIGNED_OUT) return options.signedOut();
      timer = window.setTimeout(connect, pauseBefore(attempt, Math.random()));
      attempt += 1;
    };
  }

  connect();
  return {
    subscribe(wanted) {
      if (wanted === organisation) return;
      organisation = wanted;
      options.heard({ type: 'cleared' });
      if (socket?.readyState === WebSocket.OPEN) ask(null);
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      socket?.close();
    },
  };
}
