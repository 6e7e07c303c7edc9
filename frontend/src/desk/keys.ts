/** What a dispatcher does often, on one key each. Pure: a key and where the person is give a command. */

export type Command =
  | { do: 'new' | 'next' | 'previous' | 'accept' | 'palette' | 'map' | 'board' | 'acknowledge' | 'close' | 'help' }
  | { do: 'send'; place: number };

/** In the order of the help; the label is `key_<name>` of the words. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['n', 'new'], ['j', 'next'], ['k', 'previous'], ['a', 'accept'], ['s', 'send'], ['1 – 9', 'nth'], ['x', 'ack'],
  ['m', 'map'], ['b', 'board'], ['Ctrl K', 'palette'], ['Esc', 'close'], ['?', 'help'],
];

const PLAIN: Readonly<Record<string, Command>> = {
  n: { do: 'new' }, j: { do: 'next' }, k: { do: 'previous' }, a: { do: 'accept' }, s: { do: 'send', place: 1 }, x: { do: 'acknowledge' },
  m: { do: 'map' }, b: { do: 'board' }, Escape: { do: 'close' }, '?': { do: 'help' },
};

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** typing: in a field, where plain keys are text. */
export function commandOf(pressed: Pressed, typing: boolean): Command | null {
  const control = pressed.ctrlKey || pressed.metaKey;
  if (control && pressed.key.toLowerCase() === 'k') return { do: 'palette' };
  if (control || pressed.altKey || typing) return null;
  if (/^[1-9]$/.test(pressed.key)) return { do: 'send', place: Number(pressed.key) };
  return PLAIN[pressed.key] ?? null;
}

/** The row behind (or before) the open one; the first where none is open. */
export function neighbour(ids: readonly string[], open: string | undefined, step: 1 | -1): string | undefined {
  const at = ids.indexOf(open ?? '');
  return at < 0 ? ids[0] : ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}
