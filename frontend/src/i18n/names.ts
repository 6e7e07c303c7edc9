/** The name in the page's language of what the server names in both. Pure. */
export const nameIn = (language: string, en: string, zh: string | null): string => (language === 'zh' && zh ? zh : en);
