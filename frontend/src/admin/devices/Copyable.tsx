/** A value to be typed into a phone: shown as it is, copied by a button. */
import { ActionIcon, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function Copyable({ label, value, testid }: { label: string; value: string; testid?: string }) {
  const { t } = useTranslation('admin');
  return (
    <div className="admin-copy">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Group gap={6} wrap="nowrap" justify="space-between">
        <code data-testid={testid}>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon variant="default" size="sm" aria-label={`${t(copied ? 'copied' : 'copy')}: ${label}`} onClick={copy}>
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
