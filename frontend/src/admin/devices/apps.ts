/** How each phone app is told of this server: the fields to fill, and the text of a QR code or link where it reads one. Pure. */

export interface Server {
  /** "https://city.example:8443", as the phone reaches it. */
  origin: string;
}

export interface Carrier {
  device: string;
  /** Null where it is not known (it is told only once). */
  token: string | null;
  /** Refuse it without the token, whatever the protocol. */
  requireToken: boolean;
}

export interface Setup {
  /** What the app reads from a QR code; null: it reads none. */
  qr: string | null;
  /** A link that opens the app on the phone itself. */
  link: string | null;
  /** [word of the label, value], in the order of the app's screen. */
  fields: readonly (readonly [string, string])[];
  /** A file that the app loads. */
  file?: { name: string; text: string };
}

export interface PhoneApp {
  name: string;
  title: string;
  systems: string;
  /** Whether it can be set up without the token. */
  works(carrier: Carrier): boolean;
  setup(server: Server, carrier: Carrier): Setup;
}

const INTERVAL_S = 10;
const needsToken = ({ token }: Carrier): boolean => token !== null;
const byIdToo = ({ token, requireToken }: Carrier): boolean => token !== null || !requireToken;
/** An app with one field for who it is sends the token in it, where the server wants one. */
const identity = ({ device, token, requireToken }: Carrier): string => (requireToken && token !== null ? token : device);

/** Reads a QR code with the server's URL and its settings as the query (its configuration by URL, version 9 and later). */
const traccar: PhoneApp = {
  name: 'traccar',
  title: 'Traccar Client',
  systems: 'Android, iOS',
  works: byIdToo,
  setup({ origin }, carrier) {
    const url = `${origin}/ingest/osmand`;
    const id = identity(carrier);
    const settings = new URLSearchParams({ id, interval: String(INTERVAL_S), distance: '0', accuracy: 'high', buffer: 'true' });
    return { qr: `${url}?${settings}`, link: `org.traccar.client://config?${new URLSearchParams({ url })}&${settings}`, fields: [['deviceIdentifier', id], ['serverUrl', url]] };
  },
};

/** Loads `owntracks:///config?inline=` with its configuration as base64 of JSON; mode 3 is HTTP. */
const owntracks: PhoneApp = {
  name: 'owntracks',
  title: 'OwnTracks',
  systems: 'Android, iOS',
  works: needsToken,
  setup({ origin }, { device, token }) {
    const url = `${origin}/pub`;
    const settings = {
      _type: 'configuration', mode: 3, url, auth: true, username: device, password: token ?? '', deviceId: device, tid: device.slice(-2), monitoring: 2,
      locatorInterval: INTERVAL_S, cmd: false,
    };
    const link = `owntracks:///config?inline=${encodeURIComponent(base64(JSON.stringify(settings)))}`;
    return { qr: link, link, fields: [['mode', 'HTTP'], ['url', url], ['userName', device], ['password', token ?? ''], ['deviceId', device]] };
  },
};

/** Opens `overland://setup` with endpoint and token. */
const overland: PhoneApp = {
  name: 'overland',
  title: 'Overland',
  systems: 'iOS',
  works: needsToken,
  setup({ origin }, { device, token }) {
    const url = `${origin}/ingest/overland`;
    const link = `overland://setup?url=${encodeURIComponent(url)}&token=${encodeURIComponent(token ?? '')}&device_id=${encodeURIComponent(device)}&unique_id=yes`;
    return { qr: link, link, fields: [['receiverUrl', url], ['accessToken', token ?? ''], ['deviceId', device]] };
  },
};

/** "Log to custom URL"; the profile file sets it all. Its QR code is the URL, to be pasted. */
const gpslogger: PhoneApp = {
  name: 'gpslogger',
  title: 'GPSLogger',
  systems: 'Android',
  works: byIdToo,
  setup({ origin }, { device, token }) {
    const who = new URLSearchParams({ id: device, ...(token === null ? {} : { token }) });
    const url = `${origin}/ingest/gpslogger?${who}&lat=%LAT&lon=%LON&time=%TIME&alt=%ALT&acc=%ACC&spd=%SPD&dir=%DIR&batt=%BATT&sat=%SAT&hdop=%HDOP&prov=%PROV`;
    const profile = [
      `current_profile_name=Gridwarden`, `log_customurl_enabled=true`, `log_customurl_url=${url.replaceAll('\\', '\\\\')}`, `log_customurl_method=GET`,
      `autosend_enabled=true`, `time_before_logging=${INTERVAL_S}`,
    ];
    return { qr: url, link: null, fields: [['customUrl', url], ['httpMethod', 'GET']], file: { name: 'gridwarden.properties', text: `${profile.join('\n')}\n` } };
  },
};

/** The OsmAnd map app writes its own template; its speed is m/s, which the device's dialect says. */
const osmand: PhoneApp = {
  name: 'osmand',
  title: 'OsmAnd',
  systems: 'Android, iOS',
  works: byIdToo,
  setup({ origin }, { device, token }) {
    const who = new URLSearchParams({ id: device, ...(token === null ? {} : { token }) });
    const url = `${origin}/ingest/osmand?${who}&lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed={5}&bearing={6}`;
    return { qr: url, link: null, fields: [['webAddress', url], ['trackingInterval', `${INTERVAL_S} s`]] };
  },
};

export const APPS: readonly PhoneApp[] = [traccar, owntracks, overland, gpslogger, osmand];

/** Of UTF-8. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
