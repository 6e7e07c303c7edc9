/** The cry for help: two seconds of holding, with a ring that closes meanwhile; letting go earlier does nothing. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from './route';
import { here, outbox } from './service';
import { useHandheld } from './store';

const HOLD_MS = 2_000;
const HINT_MS = 2_500;

export function SosButton() {
  const { t } = useTranslation('handheld');
  const [holding, setHolding] = useState(false);
  const [hint, setHint] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const isOpen = useHandheld((state) => isCalling(state));
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function hold(): void {
    if (holding) return;
    setHolding(true);
    setHint(true);
    navigator.vibrate?.(60);
    timer.current = window.setTimeout(() => {
      setHolding(false);
      setHint(false);
      navigator.vibrate?.([300, 120, 300, 120, 300]);
      void callForHelp();
    }, HOLD_MS);
  }
  function release(): void {
    if (!holding) return;
    window.clearTimeout(timer.current);
    setHolding(false);
    if (isOpen) goTo('sos');
    window.setTimeout(() => setHint(false), HINT_MS);
  }
  const byKey = (event: KeyboardEvent, then: () => void): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    then();
  };
  const capture = (event: PointerEvent<HTMLButtonElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    hold();
  };
  return (
    <>
      {hint && (
        <div className="sos-hint" role="status">
          {holding ? t('keepHolding') : t('holdSos')}
        </div>
      )}
      <button type="button" className="sos" data-testid="sos" data-holding={holding} data-open={isOpen} aria-label={`${t('sos')}: ${t('holdSos')}`}
        onPointerDown={capture} onPointerUp={release} onPointerCancel={release} onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => !event.repeat && byKey(event, hold)} onKeyUp={(event) => byKey(event, release)} onBlur={release}
      >
        {t('sos')}
        <svg viewBox="0 0 36 36" aria-hidden>
          <circle cx="18" cy="18" r="15.9" pathLength={100} />
        </svg>
      </button>
    </>
  );
}

/** Whether the member has called for help and that is not over. */
export const isCalling = (state: ReturnType<typeof useHandheld.getState>): boolean =>
  state.outbox.some((item) => item.doing === 'sos') || (state.sos !== null && state.sos.state !== 'cleared');

async function callForHelp(): Promise<void> {
  goTo('sos');
  await outbox.add({ doing: 'sos', path: '/sos', body: here(), about: '' });
}
