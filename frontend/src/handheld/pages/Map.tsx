/** The small map, whose code comes when it is needed. */
import { Skeleton } from '@mantine/core';
import { type ComponentProps, lazy, Suspense } from 'react';

const Lazy = lazy(() => import('../MiniMap'));

export function SmallMap(props: ComponentProps<typeof Lazy>) {
  return (
    <Suspense fallback={<Skeleton height={230} radius={12} />}>
      <Lazy {...props} />
    </Suspense>
  );
}
