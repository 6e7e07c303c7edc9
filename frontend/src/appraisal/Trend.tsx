/** The scores of the periods before, as a small line with its figures in words. */
import { useTranslation } from 'react-i18next';
import { lineOf, pointsOf } from './figures';
import type { Score } from './types';
import './trend.css';
import './words';

const WIDTH = 120;
const HEIGHT = 40;

export function Trend({ trend }: { trend: Score['trend'] }) {
  const { t } = useTranslation('appraisal');
  if (trend.length < 2) return null;
  const words = `${t('trend')}: ${trend.map((one) => `${one.period} ${pointsOf(one.total)}`).join(', ')}`;
  const points = lineOf(trend, WIDTH, HEIGHT);
  const [x, y] = points.at(-1)!;
  return (
    <svg className="appraisal-trend" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words} data-testid="trend">
      <title>{words}</title>
      <polyline points={points.map((one) => one.join(',')).join(' ')} />
      <circle cx={x} cy={y} r="3.5" />
    </svg>
  );
}
