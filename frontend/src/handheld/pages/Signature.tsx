/** A field to sign in, with a finger or a pen. */
import { Button } from '@mantine/core';
import { useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { begun, drawnTo, pathOfStrokes, pointOf } from '../../service/signature';
import type { Stroke } from '../../service/types';
import { Dim } from './parts';

interface Props {
  strokes: readonly Stroke[];
  change: (strokes: readonly Stroke[]) => void;
}

export function Signature({ strokes, change }: Props) {
  const { t } = useTranslation('handheld');
  const drawing = useRef(false);
  const latest = useRef(strokes);
  const put = (next: readonly Stroke[]) => change((latest.current = next));
  const at = ({ clientX, clientY, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const box = currentTarget.getBoundingClientRect();
    return pointOf(clientX - box.left, clientY - box.top, box.width, box.height);
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    put(begun(latest.current, at(event)));
  };
  return (
    <div>
      <svg
        className="signature" viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label={t('signHere')} data-testid="signature"
        onPointerDown={begin} onPointerMove={(event) => drawing.current && put(drawnTo(latest.current, at(event)))} onPointerUp={() => (drawing.current = false)} onPointerCancel={() => (drawing.current = false)}
      >
        <line x1="60" x2="940" y1="800" y2="800" />
        <path d={pathOfStrokes(strokes)} />
      </svg>
      <div className="signature-foot">
        <Dim>{t('signHere')}</Dim>
        <Button variant="subtle" size="compact-sm" disabled={!strokes.length} onClick={() => put([])}>
          {t('signAgain')}
        </Button>
      </div>
    </div>
  );
}
