/** The code of this browser's ticket, kept until it is put away. */
const NAME = 'gridwarden.ticket';

export const keptCode = (): string | null => localStorage.getItem(NAME);
export const keepCode = (code: string): void => localStorage.setItem(NAME, code);
export const dropCode = (): void => localStorage.removeItem(NAME);
