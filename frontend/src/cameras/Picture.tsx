/** A camera's live picture: stills are fetched again while the page is seen, MJPEG moves by itself. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stillAt } from './cameras';

const AGAIN_MS = 2_000;

export function Picture({ name, stream, still }: { name: string; stream: string; still: boolean }) {
  const { t } = useTranslation('cameras');
  const [at, setAt] = useState(() => Date.now());
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!still && !failed) return;
    const timer = window.setInterval(() => !document.hidden && (setAt(Date.now()), setFailed(false)), AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [still, failed]);
  return (
    <div className="camera-picture">
      {failed ? <span role="status">{t('failed')}</span> : <img src={still ? stillAt(stream, location.origin, at) : stream} alt={t('picture', { name })} referrerPolicy="no-referrer" onError={() => setFailed(true)} data-testid="camera-picture" />}
    </div>
  );
}
