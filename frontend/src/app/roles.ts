/** What roles may do, as far as the page shows or hides buttons; the server has the last word. */

export const DISPATCHERS: ReadonlySet<string> = new Set(['administrator', 'commander', 'dispatcher']);
/** Who may approve a suspension or deferral. */
export const APPROVERS: ReadonlySet<string> = new Set(['administrator', 'commander', 'supervisor']);
/** Who opens channels, calls rolls and writes notices. */
export const CALLERS: ReadonlySet<string> = new Set([...DISPATCHERS, 'supervisor']);
/** Who redraws territories. */
export const DRAWERS: ReadonlySet<string> = new Set(['administrator']);
/** Who may see telephone and identity numbers in full, where he says for what. */
export const REVEALERS: ReadonlySet<string> = new Set(['administrator', 'commander', 'officer', 'member']);
