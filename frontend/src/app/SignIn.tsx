/** Name and password. */
import { Alert, Button, Card, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../state/store';

export function SignIn() {
  const { t } = useTranslation();
  const signIn = useStore((state) => state.signIn);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const silent = useStore((state) => state.silent);
  const [refusal, setProblem] = useState<string | null>(null);
  const problem = refusal ?? (silent ? t('noServer') : null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(name, password);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  }

  return (
    <main className="welcome">
      <Card w={360} p="xl" withBorder shadow="lg">
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                Gridwarden
              </Title>
              <Text size="sm">{t('tagline')}</Text>
            </div>
            <TextInput label={t('name')} value={name} onChange={(e) => setName(e.currentTarget.value)} autoComplete="username" required autoFocus data-testid="sign-in-name" />
            <PasswordInput label={t('password')} value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="current-password" required data-testid="sign-in-password" />
            {problem && (
              <Alert color="red" role="alert">
                {problem}
              </Alert>
            )}
            <Button type="submit" loading={busy} data-testid="sign-in-submit">
              {t('signIn')}
            </Button>
          </Stack>
        </form>
      </Card>
    </main>
  );
}
