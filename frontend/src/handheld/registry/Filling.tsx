/** Filling a form in on the phone; the library that draws it comes with the page and works without a network. */
import { Button, Group, Loader } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answers, Form } from '../../forms/types';

const FilledForm = lazy(async () => ({ default: (await import('../../forms/render/FilledForm')).FilledForm }));

interface Props {
  form: Form;
  button: string;
  onSend: (answers: Answers) => void;
  onCancel?: () => void;
}

export function Filling({ form, button, onSend, onCancel }: Props) {
  const { t } = useTranslation('field');
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <Suspense fallback={<Loader size="sm" />}>
      <FilledForm form={form} answers={answers} onChange={setAnswers} onSend={onSend} name={form.code}>
        <Group grow>
          <Button type="submit" size="md" data-testid="keep-form">
            {button}
          </Button>
          {onCancel && (
            <Button variant="default" size="md" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
        </Group>
      </FilledForm>
    </Suspense>
  );
}
