/** Signed in or not; the theme around both. */
import { createTheme, MantineProvider } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from '../state/store';
import { Console } from './Console';
import { SignIn } from './SignIn';

const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: "'Noto Sans', system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif",
  defaultRadius: 'md',
});

export function App() {
  const { me, asked, start, theme: scheme } = useStore();
  useEffect(() => void start(), [start]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      {me ? <Console /> : asked && <SignIn />}
    </MantineProvider>
  );
}
