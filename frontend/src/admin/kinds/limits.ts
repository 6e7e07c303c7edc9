/** Limits of time as people say them: "90s", "15m", "2h", "7d". Pure. */
const UNITS = [['d', 86_400], ['h', 3_600], ['m', 60]] as const;

/** The largest unit that divides it. */
export function limit(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

/** Seconds; null where it is not understood. A bare number is minutes. */
export function secondsOf(text: string): number | null {
  const said = /^\s*(\d+(?:[.,]\d+)?)\s*([dhms]?)\s*$/i.exec(text);
  if (!said) return null;
  const length = { d: 86_400, h: 3_600, m: 60, s: 1, '': 60 }[said[2]!.toLowerCase()]!;
  return Math.round(Number(said[1]!.replace(',', '.')) * length);
}
