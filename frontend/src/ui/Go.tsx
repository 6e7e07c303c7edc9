/** A link to another view of this page: a click goes there, with Ctrl it opens a window of its own. */
import { Anchor, type AnchorProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { follow } from '../app/route';

export function Go({ to, children, ...rest }: AnchorProps & { to: string; children: ReactNode }) {
  return (
    <Anchor href={to} size="sm" {...rest} onClick={follow(to)}>
      {children}
    </Anchor>
  );
}
