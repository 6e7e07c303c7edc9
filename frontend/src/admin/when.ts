/** Instants in a form's date inputs, in the browser's own time zone. */

/** "2026-11-25T14:05" of a date input, local. */
export function toInput(instant: string | number): string {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Its instant in UTC; null where nothing or nonsense was typed. */
export function fromInput(local: string): string | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
