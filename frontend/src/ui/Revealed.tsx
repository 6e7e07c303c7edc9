/** Facts that are told masked, and in full to who may and says what for; hidden again with one click, and when the pane closes. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/request';
import { PurposeForm } from './PurposeForm';
import { Fault } from './States';

interface Props<Masked, Full> {
  masked: Masked;
  may: boolean;
  /** Said already; else it is asked. */
  purpose?: string;
  reveal(purpose: string): Promise<Full>;
  /** full: null while masked. */
  children(shown: Masked | Full, full: Full | null): ReactNode;
}

export function Revealed<Masked, Full>({ masked, may, purpose, reveal, children }: Props<Masked, Full>) {
  const { t } = useTranslation();
  const [full, setFull] = useState<Full | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const look = async (said: string) => {
    setBusy(true);
    setProblem(null);
    try {
      setFull(await reveal(said));
      setAsking(false);
    } catch (error) {
      setProblem(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  const show = () => (purpose === undefined ? setAsking(true) : void look(purpose));
  return (
    <>
      {children(full ?? masked, full)}
      {problem && <Fault problem={problem} />}
      {may && !asking && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => (full ? setFull(null) : show())} data-testid="reveal">
          {t(full ? 'hide' : 'reveal')}
        </Button>
      )}
      {asking && <PurposeForm action={t('show')} busy={busy} onSay={(said) => void look(said)} onCancel={() => setAsking(false)} />}
    </>
  );
}
