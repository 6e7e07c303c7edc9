/** Signed in or not; the theme around both. */
import { MantineProvider } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from '../state/store';
import { Console } from './Console';
import { SignIn } from './SignIn';
import { colours, look } from './look';

export function App() {
  const { me, asked, start, theme: scheme } = useStore();
  useEffect(() => void start(), [start]);
  return (
    <MantineProvider theme={look} cssVariablesResolver={colours} forceColorScheme={scheme}>
      {me ? <Console /> : asked && <SignIn />}
    </MantineProvider>
  );
}
