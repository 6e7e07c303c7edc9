/** Do something at the desk, and tell the person how it went. */
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, reasonOf } from '../api/request';

export interface Deeds {
  busy: boolean;
  /** True when it was done. said: what to tell then. */
  run(act: () => Promise<unknown>, said?: string): Promise<boolean>;
}

export function useDeed(): Deeds {
  const { t } = useTranslation('desk');
  const [busy, setBusy] = useState(false);
  async function run(act: () => Promise<unknown>, said?: string): Promise<boolean> {
    setBusy(true);
    try {
      await act();
      if (said) notifications.show({ message: said, color: 'teal', autoClose: 4_000 });
      return true;
    } catch (error) {
      const conflict = error instanceof Problem && error.status === 409;
      notifications.show({ title: conflict ? t('conflict') : undefined, message: reasonOf(error), color: 'red', autoClose: 10_000 });
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, run };
}
