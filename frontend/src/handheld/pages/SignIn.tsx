/** By the code that an administrator shows, or by name and password. */
import { Alert, Button, Group, Image, Paper, PasswordInput, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, reasonOf } from '../../api/request';
import { setLanguage } from '../../i18n';
import { pathOf } from '../route';
import { enrol, signIn } from '../service';
import { useHandheld } from '../store';

type Way = 'code' | 'password';
const FORBIDDEN = 403;

export function SignIn({ code }: { code: string | null }) {
  const { t, i18n } = useTranslation('handheld');
  const [way, setWay] = useState<Way>('code');
  const lost = useHandheld((state) => state.lost);
  return (
    <main className="welcome" style={{ padding: 16 }}>
      <Paper p="lg" radius="lg" withBorder w="100%" maw={420}>
        <Stack>
          <Group gap={10}>
            <Image src="/icon.svg" w={44} alt="" />
            <div>
              <Title order={1} size="h2">
                Gridwarden
              </Title>
              <Text size="sm">{t('tagline')}</Text>
            </div>
          </Group>
          {lost && <Alert color="red">{t('lostOther')}</Alert>}
          {!code && <SegmentedControl fullWidth value={way} onChange={(next) => setWay(next as Way)} data={[{ value: 'code', label: t('byCode') }, { value: 'password', label: t('byPassword') }]} />}
          {code || way === 'code' ? <ByCode given={code} /> : <ByPassword />}
          <Button variant="subtle" c="inherit" onClick={() => setLanguage(i18n.language === 'zh' ? 'en' : 'zh')}>
            {i18n.language === 'zh' ? 'English' : '中文'}
          </Button>
        </Stack>
      </Paper>
    </main>
  );
}

/** Try it; what to tell the member where that fails. */
function useAttempt(attempt: () => Promise<void>): { busy: boolean; problem: string | null; submit: (event: FormEvent) => void } {
  const { t } = useTranslation();
  const own = useTranslation('handheld').t;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function run(): Promise<void> {
    setBusy(true);
    try {
      await attempt();
      history.replaceState(null, '', pathOf('tasks'));
    } catch (error) {
      const isStaff = error instanceof Problem && error.status === FORBIDDEN;
      setProblem(isStaff ? `${own('notMember')} ${location.origin}/` : error instanceof Problem ? reasonOf(error) : t('noServer'));
      setBusy(false);
    }
  }
  return {
    busy,
    problem,
    submit(event) {
      event.preventDefault();
      void run();
    },
  };
}

function ByCode({ given }: { given: string | null }) {
  const { t } = useTranslation('handheld');
  const [code, setCode] = useState(given ?? '');
  const { busy, problem, submit } = useAttempt(() => enrol(code));
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{given ? t('codeFound') : t('scanHint')}</Text>
        <TextInput label={t('code')} description={t('codeHint')} size="lg" value={code} onChange={(event) => setCode(event.currentTarget.value)} placeholder="0000-0000-0000" autoCapitalize="characters" autoComplete="one-time-code" required data-testid="code" />
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Button type="submit" size="lg" loading={busy} data-testid="use-code">
          {t('useCode')}
        </Button>
      </Stack>
    </form>
  );
}

function ByPassword() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, problem, submit } = useAttempt(() => signIn(name, password));
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label={t('name')} size="lg" value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="username" required data-testid="name" />
        <PasswordInput label={t('password')} size="lg" value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password" required data-testid="password" />
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Button type="submit" size="lg" loading={busy} data-testid="sign-in">
          {t('signIn')}
        </Button>
      </Stack>
    </form>
  );
}
