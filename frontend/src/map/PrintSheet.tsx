/** The map on paper: its picture with a title, the time, what the marks mean, and the scale. */
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { secondOf } from '../format/moments';
import { distance } from '../format/units';
import { Legend } from '../panels/Legend';
import { useStore } from '../state/store';
import { roundLength } from './scale';
import { useTools, type Picture } from './tools';

interface Sheet extends Picture {
  printedAt: number;
  shownAt: number;
}

/** Of the picture on a page that lies, so that the rest has room, mm. */
const HIGH_MM = 145;

const useSheet = create<{ sheet: Sheet | null }>()(() => ({ sheet: null }));

/** Take the picture and open the browser's print dialogue. */
export async function printMap(): Promise<void> {
  const picture = await useTools.getState().picture?.();
  if (!picture) return;
  const { past, live } = useStore.getState();
  const now = Date.now();
  useSheet.setState({ sheet: { ...picture, printedAt: now, shownAt: now + (past ?? live).skew } });
}

export function PrintSheet() {
  const { t } = useTranslation('map');
  const sheet = useSheet((state) => state.sheet);
  const where = useStore((state) => state.chosen()?.name ?? state.organisations[0]?.name ?? '');
  const user = useStore((state) => state.me?.user);
  if (!sheet) return null;
  const bar = roundLength((sheet.metresPerPixel * sheet.width) / 5);
  return (
    <div className="print-sheet" data-testid="print-sheet">
      <h1>
        {t('printTitle')} · {where}
      </h1>
      <p>
        {t('shownAt')} {secondOf(sheet.shownAt)} · {t('printedAt')} {secondOf(sheet.printedAt)} · {user}
      </p>
      <div style={{ width: `min(100%, ${(HIGH_MM * sheet.width) / sheet.height}mm)` }}>
        <img src={sheet.url} alt={t('printTitle')} onLoad={() => print(sheet)} />
        <div className="print-scale" style={{ width: `${(bar / (sheet.metresPerPixel * sheet.width)) * 100}%` }}>
          {t('scale')} {distance(bar)}
        </div>
      </div>
      <div className="print-foot">
        <Legend />
        <small>© OpenStreetMap contributors (ODbL)</small>
      </div>
    </div>
  );
}

function print(sheet: Sheet): void {
  window.print();
  URL.revokeObjectURL(sheet.url);
  useSheet.setState({ sheet: null });
}
