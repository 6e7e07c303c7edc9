/** A short word that something was done. */
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { reasonOf } from '../api/request';

export const sayDone = (key: string, more: Record<string, unknown> = {}): void => void notifications.show({ message: i18next.t(key, { ns: 'registry', ...more }), color: 'teal', autoClose: 3_000 });
export const sayFault = (error: unknown): void => void notifications.show({ message: reasonOf(error), color: 'red', autoClose: 8_000 });
