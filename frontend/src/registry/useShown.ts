/** How a field's value is told to a person. */
import { useTranslation } from 'react-i18next';
import { useGroupName } from '../state/groups';
import { useNames } from '../state/names';
import { useComponents } from './components';
import { fieldOf, type ElementName } from './elements';

/** Fields that are told in the organisation's or a choice's words though no form has them. */
const DEEDS = new Set(['end_reason']);

export function useShown(): (element: ElementName, name: string, value: unknown) => string {
  const { t } = useTranslation('registry');
  const organisations = useNames();
  const groupName = useGroupName();
  const components = useComponents();
  return (element, name, value) => {
    if (value === null || value === undefined || value === '') return '–';
    if (name === 'organisation') return organisations.of(String(value));
    if (name === 'footprint' || name === 'details') return t('notShown');
    const field = fieldOf(element, name);
    if (field.kind === 'groups') return (value as string[]).map(groupName).join(', ') || '–';
    if (field.kind === 'entrances') return (value as { number: number; name?: string }[]).map((one) => (one.name ? `${one.number} ${one.name}` : one.number)).join(', ') || '–';
    if (field.kind === 'component') return components.nameOf(String(value));
    if (field.kind === 'choice' || DEEDS.has(name)) return t(`o_${String(value)}`);
    if (value === 'sealed') return t('sealed');
    if (name.endsWith('_at')) return new Date(String(value)).toLocaleString([], { hour12: false });
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}
