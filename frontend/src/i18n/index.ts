/** English and Chinese. Each area brings its own words as a namespace; `common.ts` holds everybody's. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en, zh } from './common';

const saved = localStorage.getItem('gridwarden.language') ?? navigator.language;

void i18next.use(initReactI18next).init({
  lng: saved.startsWith('zh') ? 'zh' : 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en }, zh: { translation: zh } },
  interpolation: { escapeValue: false }, // React escapes
});

document.documentElement.lang = i18next.language;

export function setLanguage(language: 'en' | 'zh'): void {
  localStorage.setItem('gridwarden.language', language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The words of an area, known from then on as `useTranslation(area)`. Chinese has every key that English has. */
export function addWords<T extends Record<string, string>>(area: string, words: { en: T; zh: { [K in keyof T]: string } }): void {
  i18next.addResourceBundle('en', area, words.en);
  i18next.addResourceBundle('zh', area, words.zh);
}

export { nameIn } from './names';
