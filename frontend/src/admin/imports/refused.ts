/** Refused rows as a CSV file, to be mended and sent again. Pure. */
import type { RefusedRow } from '../types';

/** A cell that a spreadsheet would run as a formula has an apostrophe before it. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** With a byte order mark, so that spreadsheets read Chinese. */
export const refusedCsv = (rows: readonly RefusedRow[]): string =>
  `\uFEFF${[['line', 'field', 'reason'], ...rows.map((row) => [String(row.line), row.field ?? '', row.reason])].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
