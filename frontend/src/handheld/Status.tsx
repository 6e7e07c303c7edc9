/** The head of every page: who, the link, the receiver, and what waits to be sent. */
import { IconCloudUpload, IconPlugConnected, IconPlugConnectedX, IconSatellite, IconSatelliteOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Receiver } from './fixes/tracker';
import { goTo } from './route';
import { useHandheld } from './store';
import type { LinkState } from './tasks/link';

const LINKS: Record<LinkState, string> = { live: 'linkLive', connecting: 'linkConnecting', broken: 'linkBroken' };
const RECEIVERS: Record<Receiver, string> = { off: 'gpsOff', asking: 'gpsAsking', on: '', denied: 'gpsDenied', unavailable: 'gpsUnavailable' };

export function Status() {
  const { carrier, link, receiver, fix, outbox, fixesWaiting } = useHandheld();
  const { t } = useTranslation('handheld');
  const waiting = outbox.length;
  const isOn = receiver === 'on' && fix;
  return (
    <header className="handheld-status">
      <span className="grow">{carrier?.member.name}</span>
      {waiting + fixesWaiting > 0 && (
        <button type="button" onClick={() => goTo('unsent')} data-testid="waiting" data-refused={outbox.some((item) => item.refusal)}>
          <span>
            <IconCloudUpload size={15} aria-hidden />
            {t('waiting', { count: waiting })}
            {fixesWaiting > 0 && ` + ${fixesWaiting}`}
          </span>
        </button>
      )}
      <span data-testid="gps" data-receiver={receiver}>
        {isOn ? <IconSatellite size={16} aria-hidden /> : <IconSatelliteOff size={16} aria-hidden />}
        {isOn ? `±${Math.round(fix.accuracy ?? 0)} m` : t(RECEIVERS[receiver] || 'gpsAsking')}
      </span>
      <span role="status" data-testid="link" data-link={link}>
        {link === 'live' ? <IconPlugConnected size={16} aria-hidden /> : <IconPlugConnectedX size={16} aria-hidden />}
        {t(LINKS[link])}
      </span>
    </header>
  );
}
