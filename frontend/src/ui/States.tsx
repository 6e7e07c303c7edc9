/** What a view shows when it has nothing to show: still asking, nothing there, or no answer. */
import { Alert, Button, Center, Group, Loader, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from './useAsked';

export function Empty({ children, hint }: { children: ReactNode; hint?: ReactNode }) {
  return (
    <Center p="xl">
      <Stack align="center" gap={4}>
        <Text fw={600}>{children}</Text>
        {hint && (
          <Text size="sm" c="dimmed" ta="center" maw={420}>
            {hint}
          </Text>
        )}
      </Stack>
    </Center>
  );
}

export function Fault({ problem, again }: { problem: string; again?: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" role="alert" m="sm">
      <Group justify="space-between">
        <Text size="sm">{problem}</Text>
        {again && (
          <Button size="compact-sm" variant="default" onClick={again}>
            {t('again')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** The answer when it is there; until then, and when it fails, what a person needs to know. */
export function Answered<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      {asked.problem && <Fault problem={asked.problem} again={asked.again} />}
      {asked.data !== null && children(asked.data)}
      {asked.data === null && asked.busy && (
        <Center p="xl">
          <Loader role="status" size="sm" aria-label={t('loading')} />
        </Center>
      )}
    </>
  );
}
