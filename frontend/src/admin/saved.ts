/** A short word that something was done. */
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

export const sayDone = (key: string): void => void notifications.show({ message: i18next.t(key, { ns: 'admin' }), color: 'teal', autoClose: 3_000 });

export const sayFault = (message: string): void => void notifications.show({ message, color: 'red', autoClose: 8_000 });
