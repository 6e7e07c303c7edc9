/** What the server itself wrote into a log or an alert, in the page's language; what people wrote stays as it is. Pure. */

type Say = (key: string, values?: Record<string, string>) => string;

/** As `dispatch/` writes them; the groups are named as the words want them. */
const NOTES: readonly [RegExp, string][] = [
  [/^the limit to (?<clock>accept|arrive|handle|verify) ran out$/, 'note_ranOut'],
  [/^nobody is left on it$/, 'note_nobodyLeft'],
  [/^the handlers are busy with other things$/, 'note_busy'],
  [/^into (?<id>I-\S+)$/, 'note_into'],
  [/^(?<id>I-\S+) was merged into this$/, 'note_merged'],
  [/^(?<purpose>handle|verify): (?<names>.+)$/, 'note_sent'],
  [/^done with their part: (?<note>[^]*)$/, 'note_part'],
];

/** A note of an incident's log. t: of the desk. */
export function noteIn(t: Say, note: string): string {
  for (const [pattern, key] of NOTES) {
    const found = pattern.exec(note)?.groups;
    if (found || pattern.test(note)) return t(key, { ...found, ...spoken(t, found ?? {}) });
  }
  return note;
}

const spoken = (t: Say, { clock, purpose }: Record<string, string>): Record<string, string> => ({
  ...(clock ? { clock: t(`clock_${clock}`) } : {}),
  ...(purpose ? { purpose: t(`purpose_${purpose}`) } : {}),
});

/** Who did it: a person's name, or the server itself. */
export const actorIn = (t: Say, actor: string): string => (actor === 'gridwarden' ? t('server') : actor);

const SILENCES: Record<string, string> = { 'no link': 'silence_1', 'no fix': 'silence_2', 'battery empty': 'silence_3', 'off shift': 'silence_4' };

/** Why a device is silent, as an alert tells it. t: everybody's words. */
export const silenceIn = (t: Say, reason: string): string => (SILENCES[reason] ? t(SILENCES[reason]) : reason);
