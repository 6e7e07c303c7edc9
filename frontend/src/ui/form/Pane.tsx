/** The side pane in which one thing is shown and changed; Escape closes it. */
import '../sections.css';
import { Alert, Button, CloseButton, Group, Loader, Text, Title } from '@mantine/core';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Answered } from '../States';
import { useAsked } from '../useAsked';
import type { Form } from './useForm';

interface Frame {
  title: ReactNode;
  /** Of what the title is the name. */
  kind: string;
  onClose: () => void;
  children: ReactNode;
}

export function Pane({ title, kind, onClose, children }: Frame) {
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  useEffect(() => frame.current?.focus({ preventScroll: true }), []);
  return (
    <aside
      ref={frame}
      className="ui-pane"
      aria-label={kind}
      tabIndex={-1}
      data-testid="admin-pane"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="ui-pane-head">
        <div>
          <Text size="xs" c="dimmed" tt="uppercase" fw={600} lts={0.4}>
            {kind}
          </Text>
          <Title order={3} size="h4" className="ui-wrap">
            {title}
          </Title>
        </div>
        <CloseButton aria-label={t('close')} onClick={onClose} data-testid="pane-close" />
      </header>
      {children}
    </aside>
  );
}

/** A pane that first asks for what it shows. */
export function AskedPane<T>({ kind, title, ask, on, onClose, children }: Omit<Frame, 'children'> & { ask: () => Promise<T>; on: readonly unknown[]; children: (data: T, again: () => void) => ReactNode }) {
  const asked = useAsked(ask, on);
  return (
    <Pane kind={kind} title={title} onClose={onClose}>
      <div className="ui-pane-body">
        <Answered asked={asked}>{(data) => children(data, asked.again)}</Answered>
      </div>
    </Pane>
  );
}

interface FormProps {
  form: Pick<Form<object>, 'told' | 'busy' | 'dirty'>;
  /** Says what the button does; "save" where there is nothing to say. */
  button?: string;
  /** A form that may be sent as it is, unchanged. */
  ready?: boolean;
  onSend: () => void;
  children: ReactNode;
}

/** A form with its button; what belongs to no field is told above the button. */
export function PaneForm({ form, button, ready = false, onSend, children }: FormProps) {
  const { t } = useTranslation();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!form.busy) onSend();
  };
  return (
    <form onSubmit={send} className="ui-form" noValidate>
      {children}
      {form.told.rest && (
        <Alert color="red" role="alert" py={8} data-testid="form-problem">
          {form.told.rest}
        </Alert>
      )}
      <Group justify="flex-end" className="ui-form-foot">
        {form.busy && <Loader role="status" size="xs" aria-label={t('sending')} />}
        <Button type="submit" disabled={form.busy || !(ready || form.dirty)} data-testid="form-send">
          {button ?? t('save')}
        </Button>
      </Group>
    </form>
  );
}
