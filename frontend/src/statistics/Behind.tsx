/** A figure that leads to the incidents it counts; a plain one where there are none. */
import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '../app/route';
import { behind, type Choice, type Which } from './state';

interface Props {
  choice: Choice;
  which: Which;
  about: string;
  large?: boolean;
  children: ReactNode;
}

export function Behind({ choice, which, about, large = false, children }: Props) {
  const { t } = useTranslation('statistics');
  const look = large ? ({ size: 'xl', fw: 700 } as const) : ({ size: 'sm' } as const);
  if (children === '0' || children === '–') return <Text {...look}>{children}</Text>;
  const to = behind(choice, which);
  return (
    <Anchor href={to} onClick={follow(to)} className="behind" underline="hover" c="inherit" aria-label={`${about}: ${String(children)}, ${t('showIncidents')}`} {...look}>
      {children}
    </Anchor>
  );
}
