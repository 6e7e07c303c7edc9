/** For what somebody looks at people's data: asked before the look, and on record with it. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

const LEAST = 2;

interface Props {
  /** What the button says. */
  action: string;
  busy?: boolean;
  onSay(purpose: string): void;
  onCancel?(): void;
}

export function PurposeForm({ action, busy = false, onSay, onCancel }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const purpose = text.trim();
  const say = (event: FormEvent) => {
    event.preventDefault();
    if (purpose.length >= LEAST) onSay(purpose);
  };
  return (
    <form onSubmit={say}>
      <TextInput label={t('purpose')} description={t('purposeHint')} required maxLength={200} autoFocus value={text} onChange={(event) => setText(event.currentTarget.value)} data-testid="purpose" />
      <Group gap={8} mt={8}>
        <Button size="compact-sm" type="submit" loading={busy} disabled={purpose.length < LEAST} data-testid="purpose-send">
          {action}
        </Button>
        {onCancel && (
          <Button size="compact-sm" variant="subtle" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
    </form>
  );
}
