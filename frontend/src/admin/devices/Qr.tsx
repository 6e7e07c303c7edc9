/** A QR code as one SVG path: black upon white in both themes, since phones read it so. */
import { useMemo } from 'react';
import { encode } from 'uqr';
import { pathOfMatrix } from './matrix';

export function Qr({ text, label, size = 220 }: { text: string; label: string; size?: number }) {
  const { side, path } = useMemo(() => {
    const { data } = encode(text, { ecc: 'M', border: 3 });
    return { side: data.length, path: pathOfMatrix(data) };
  }, [text]);
  return (
    <svg className="admin-qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} width={size} height={size} shapeRendering="crispEdges" data-testid="qr" data-text={text}>
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
