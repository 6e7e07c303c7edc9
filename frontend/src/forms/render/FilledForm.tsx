/** A form drawn out of its data, to be filled in: the same in the command centre and on the handheld. */
import './words';
import './form.css';
import Form, { type IChangeEvent } from '@rjsf/core';
import { generateTemplates } from '@rjsf/mantine/lib/templates/index.js';
import CheckboxesWidget from '@rjsf/mantine/lib/widgets/CheckboxesWidget.js';
import CheckboxWidget from '@rjsf/mantine/lib/widgets/CheckboxWidget.js';
import RadioWidget from '@rjsf/mantine/lib/widgets/RadioWidget.js';
import RangeWidget from '@rjsf/mantine/lib/widgets/RangeWidget.js';
import SelectWidget from '@rjsf/mantine/lib/widgets/SelectWidget.js';
import TextareaWidget from '@rjsf/mantine/lib/widgets/TextareaWidget.js';
import { getTemplate, type RJSFSchema, TranslatableString, type UiSchema, type WidgetProps } from '@rjsf/utils';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answers, Form as FormVersion } from '../types';
import type { Fault } from './faults';
import { hintsOf } from './hints';
import { inLanguage } from './language';
import { validatorFor } from './validator';

interface Props {
  form: Pick<FormVersion, 'definition' | 'ui'>;
  answers: Answers;
  onChange: (answers: Answers) => void;
  /** Called when nothing is wrong with the answers. */
  onSend?: (answers: Answers) => void;
  /** Tells ids of several forms on one page apart. */
  name?: string;
  disabled?: boolean;
  /** The button, and what stands beside it. */
  children?: ReactNode;
}

export function FilledForm({ form, answers, onChange, onSend, name = 'form', disabled = false, children }: Props) {
  const { t, i18n } = useTranslation('form');
  const schema = useMemo(() => inLanguage(form.definition, i18n.language) as RJSFSchema, [form.definition, i18n.language]);
  const ui = useMemo(() => hintsOf(form) as UiSchema, [form]);
  const validator = useMemo(() => validatorFor((fault) => inWords(t, fault)), [t]);
  return (
    <Form<Answers>
      className="filled-form"
      schema={schema}
      uiSchema={ui}
      validator={validator as never}
      formData={answers}
      onChange={(event: IChangeEvent<Answers>) => onChange(event.formData ?? {})}
      onSubmit={(event: IChangeEvent<Answers>) => onSend?.(event.formData ?? {})}
      templates={TEMPLATES as never}
      widgets={WIDGETS as never}
      translateString={(text) => translated(t, text)}
      onError={() => undefined}
      idPrefix={name}
      experimental_defaultFormStateBehavior={NOTHING_CHOSEN}
      disabled={disabled}
      showErrorList={false}
      focusOnFirstError
      noHtml5Validate
    >
      {children ?? <></>}
    </Form>
  );
}

/** Native: a phone has its own calendar for it. */
function DateInput(props: WidgetProps) {
  const Input = getTemplate('BaseInputTemplate', props.registry, props.options);
  return <Input type="date" {...props} onChange={(value: unknown) => props.onChange(value || undefined)} />;
}

/** Nobody is told to have answered what he did not: the first choice is not chosen before he does. */
const NOTHING_CHOSEN = { constAsDefaults: 'never' } as const;

const TEMPLATES = generateTemplates();
const WIDGETS = { CheckboxesWidget, CheckboxWidget, RadioWidget, RangeWidget, SelectWidget, TextareaWidget, DateWidget: DateInput };

const WORDS: Partial<Record<string, string>> = {
  [TranslatableString.ArrayItemTitle]: 'item', [TranslatableString.EmptyArray]: 'none', [TranslatableString.YesLabel]: 'yes', [TranslatableString.NoLabel]: 'no',
  [TranslatableString.AddButton]: 'add', [TranslatableString.AddItemButton]: 'add', [TranslatableString.MoveDownButton]: 'down', [TranslatableString.MoveUpButton]: 'up',
  [TranslatableString.RemoveButton]: 'remove', [TranslatableString.ClearButton]: 'clear', [TranslatableString.ClearLabel]: 'clear',
};

const translated = (t: TFunction<'form'>, text: TranslatableString): string => {
  const word = WORDS[text];
  return word ? t(word) : text;
};

const inWords = (t: TFunction<'form'>, { word, limit }: Fault): string => t([`fault_${word}`, 'fault_other'], limit === undefined ? {} : { limit });
