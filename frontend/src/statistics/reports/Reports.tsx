/** Reports on schedule: what was made, and what is made when. */
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { APPROVERS } from '../../app/roles';
import { useStore } from '../../state/store';
import type { Choice } from '../state';
import { Made } from './Made';
import { Schedules } from './Schedules';
import './words';

export function Reports({ choice }: { choice: Choice }) {
  const may = useStore((state) => APPROVERS.has(state.me?.role ?? ''));
  const [changes, setChanges] = useState(0);
  return (
    <Stack gap="sm" data-testid="reports">
      <Schedules choice={choice} may={may} changed={() => setChanges(changes + 1)} />
      <Made key={changes} />
    </Stack>
  );
}
