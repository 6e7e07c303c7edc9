/** A removal, and what became of it. */
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { AskTwice } from '../../ui/form/AskTwice';
import { sayDone, sayFault } from '../saved';

export function Remove({ label, hint, work, onDone }: { label: string; hint: string; work: () => Promise<void>; onDone: () => void }) {
  const { t } = useTranslation('admin');
  const go = () => void work().then(() => (sayDone('removed'), onDone()), (error: unknown) => sayFault(reasonOf(error)));
  return <AskTwice label={label} hint={hint} yes={t('removeYes')} red testId="remove" onYes={go} />;
}
