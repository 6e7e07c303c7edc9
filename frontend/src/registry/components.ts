/** Kinds of components of GB/T 30428, from the city's catalogue; asked once while the page is open. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/request';
import { nameIn } from '../i18n/names';
import { useAsked } from '../ui/useAsked';

interface Component {
  code: string;
  category: string;
  class: string;
  name_en: string;
  name_zh: string;
}

let known: Promise<Component[]> | null = null;

function asked(): Promise<Component[]> {
  known ??= get<{ items: Component[] }>('/kinds').then(
    ({ items }) => items.filter((one) => one.category === 'component'),
    (error: unknown) => {
      known = null;
      throw error;
    },
  );
  return known;
}

export interface Components {
  nameOf(code: string): string;
  /** For a select, under the headings of their classes. */
  options: { group: string; items: { value: string; label: string }[] }[];
}

export function useComponents(): Components {
  const { i18n } = useTranslation();
  const { data } = useAsked(asked, []);
  return useMemo(() => {
    const labels = new Map((data ?? []).map((one) => [one.code, `${one.code} ${nameIn(i18n.language, one.name_en, one.name_zh)}`]));
    const classes = [...new Set((data ?? []).map((one) => one.class))];
    const options = classes.map((group) => ({ group, items: (data ?? []).filter((one) => one.class === group).map(({ code }) => ({ value: code, label: labels.get(code)! })) }));
    return { nameOf: (code) => labels.get(code) ?? code, options };
  }, [data, i18n.language]);
}
