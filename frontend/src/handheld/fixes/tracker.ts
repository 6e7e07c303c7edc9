/** The phone's receiver while the page is open, and the lock that keeps its screen on. */
import { type Fix, isWorthKeeping } from './queue';

export type Receiver = 'off' | 'asking' | 'on' | 'denied' | 'unavailable';

interface Battery {
  level: number;
}

type WithBattery = Navigator & { getBattery?: () => Promise<Battery> };

interface Options {
  /** Each fix, for the screen; `kept` says whether it goes into the queue, too. */
  heard: (fix: Fix, kept: boolean) => void;
  receiver: (state: Receiver) => void;
}

const LAST = 'gridwarden.lastFix';

/** The last fix that was kept, before a reload, too: the receiver may give it once more, and it is one fix. */
function savedLast(): Fix | null {
  const saved = localStorage.getItem(LAST);
  return saved === null ? null : (JSON.parse(saved) as Fix);
}

/** Watch the receiver until the answer is called. */
export function track({ heard, receiver }: Options): () => void {
  if (!('geolocation' in navigator)) {
    receiver('unavailable');
    return () => undefined;
  }
  let last = savedLast();
  let battery: Battery | null = null;
  (navigator as WithBattery).getBattery?.().then((found) => (battery = found), () => undefined);
  receiver('asking');
  const watch = navigator.geolocation.watchPosition(
    (position) => {
      const fix = fixOf(position, battery?.level ?? null);
      const keep = isWorthKeeping(last, fix);
      if (keep) {
        last = fix;
        localStorage.setItem(LAST, JSON.stringify(fix));
      }
      receiver('on');
      heard(fix, keep);
    },
    (error) => receiver(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
    { enableHighAccuracy: true, maximumAge: 1_000, timeout: 60_000 },
  );
  return () => {
    navigator.geolocation.clearWatch(watch);
    receiver('off');
  };
}

const known = (value: number | null): number | null => (value === null || Number.isNaN(value) ? null : value);

function fixOf({ coords, timestamp }: GeolocationPosition, battery: number | null): Fix {
  return {
    time: new Date(timestamp).toISOString(), latitude: coords.latitude, longitude: coords.longitude, accuracy: known(coords.accuracy),
    speed: known(coords.speed), course: coords.speed ? known(coords.heading) : null, altitude: known(coords.altitude), battery,
  };
}

/** Keep the screen on while the page is seen, until the answer is called. told: whether it is kept on. */
export function stayAwake(told: (awake: boolean) => void): () => void {
  let lock: WakeLockSentinel | null = null;
  let ended = false;
  async function ask(): Promise<void> {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const found = await navigator.wakeLock.request('screen');
      if (ended) return void found.release();
      lock = found;
      lock.addEventListener('release', () => told(false));
      told(true);
    } catch {
      told(false); // battery saver, or not allowed
    }
  }
  const again = (): void => void ask();
  document.addEventListener('visibilitychange', again);
  void ask();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
