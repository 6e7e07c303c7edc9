/** Durations as a dispatcher reads them. Pure. */

/** "45 s", "4 min", "1 h 05". */
export function minutes(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds / 60);
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, '0')}`;
}

/** What is left of a clock: "12:05", "1:02:00"; behind it "+3:10". Days: "2 d 4 h". */
export function countdown(seconds: number): string {
  const left = Math.abs(Math.trunc(seconds));
  const sign = seconds < 0 ? '+' : '';
  if (left >= 172_800) return `${sign}${Math.floor(left / 86_400)} d ${Math.floor((left % 86_400) / 3600)} h`;
  const [hours, rest] = [Math.floor(left / 3600), left % 3600];
  const pair = `${String(Math.floor(rest / 60)).padStart(hours ? 2 : 1, '0')}:${String(rest % 60).padStart(2, '0')}`;
  return sign + (hours ? `${hours}:${pair}` : pair);
}
