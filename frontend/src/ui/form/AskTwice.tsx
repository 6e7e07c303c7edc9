/** A button for what cannot be taken back: the first press says what follows, the second does it. */
import '../sections.css';
import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  /** What follows, and the button's label once that is said. */
  hint: string;
  yes: string;
  /** Ends something for good. */
  red?: boolean;
  icon?: ReactNode;
  testId: string;
  onYes: () => void;
}

export function AskTwice({ label, hint, yes, red = false, icon, testId, onYes }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  return (
    <Stack gap={6} className="ui-tools">
      {asked && <Text size="sm">{hint}</Text>}
      <Group gap="xs">
        <Button
          size="compact-sm" variant={asked ? 'filled' : red ? 'outline' : 'default'} {...(asked || red ? { color: 'red' } : {})} leftSection={icon}
          onClick={() => (asked ? onYes() : setAsked(true))} data-testid={testId}
        >
          {asked ? yes : label}
        </Button>
        {asked && (
          <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
            {t('cancel')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
