/** How fields are drawn where the form does not say so itself. Pure. */
import type { Field, Form, Hints } from '../types';

const FEW = 10;
/** So many choices stand beside each other. */
const IN_A_LINE = 4;

const INLINE = { 'ui:options': { inline: true } };

const usual = (field: Field): Hints => {
  if (field.type === 'boolean') return { 'ui:widget': 'radio', ...INLINE };
  if (field.oneOf && field.oneOf.length <= IN_A_LINE) return INLINE;
  if (field.type === 'array' && field.items?.oneOf && field.items.oneOf.length <= FEW) return { 'ui:widget': 'checkboxes' };
  if (field.type === 'array') return { 'ui:options': { orderable: false } };
  return {};
};

/** Hints of each field, the form's own before the usual ones. No button: whoever draws the form has one. */
export function hintsOf({ definition, ui }: Pick<Form, 'definition' | 'ui'>): Record<string, unknown> {
  const fields = Object.entries(definition.properties ?? {}).map(([name, field]) => [name, { ...usual(field), ...(ui[name] as Hints | undefined) }]);
  return { ...Object.fromEntries(fields), ...('ui:order' in ui ? { 'ui:order': ui['ui:order'] } : {}), 'ui:submitButtonOptions': { norender: true } };
}
