/** Colours and type of the page. Every pair of text and ground has a contrast of 4.5 or more. */
import { createTheme, type CSSVariablesResolver, type MantineThemeOverride } from '@mantine/core';

export const look = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9,
  fontFamily: "'Noto Sans', 'Noto Sans SC Variable', system-ui, sans-serif",
  defaultRadius: 'md',
  components: { Anchor: { defaultProps: { underline: 'always' } } }, // a link is told by more than its colour
  colors: {
    // from text to ground; blue-grey like the dark map
    dark: ['#d3dde6', '#b3c0cc', '#8fa0b0', '#627283', '#2f3c48', '#212d38', '#17212b', '#10181f', '#0c1219', '#080d12'],
  },
});

/** With what its closing buttons say to who cannot see the cross. */
export const lookWith = (close: string): MantineThemeOverride => {
  const closing = { defaultProps: { closeButtonProps: { 'aria-label': close } } };
  return { ...look, components: { ...look.components, Notification: closing, Modal: closing } };
};

/** Mantine's own grey for lesser text is too pale upon white. */
export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#56606b' },
  dark: {},
});
