/** What roles may do here, as far as the page shows or hides buttons; the server has the last word. */
export const COLLECTORS: ReadonlySet<string> = new Set(['administrator', 'commander', 'officer', 'member']);
/** Who makes two records one. */
export const MERGERS: ReadonlySet<string> = new Set(['administrator', 'commander', 'supervisor']);
/** Who reads the record of looks. */
export const AUDITORS: ReadonlySet<string> = new Set(['administrator', 'commander', 'supervisor']);
