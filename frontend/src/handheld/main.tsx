/** The handheld: the second application of this code base, for the phone in a member's pocket. */
import '@mantine/core/styles.css';
import '../app/app.css';
import '../i18n';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { colours, look } from '../app/look';

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={look} cssVariablesResolver={colours}>
    <main />
  </MantineProvider>,
);
