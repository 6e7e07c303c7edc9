/** What configures the free tracking apps for this handheld. Pure; docs/protocols.md has what the server takes of each. */

/** OwnTracks takes its settings as base64 of JSON. */
export const owntracksLink = (origin: string, device: string, token: string): string => {
  const settings = { _type: 'configuration', mode: 3, url: `${origin}/pub`, auth: true, username: device, password: token, deviceId: device, tid: device.slice(-2) };
  return `owntracks:///config?inline=${encodeURIComponent(btoa(JSON.stringify(settings)))}`;
};

export const overlandLink = (origin: string, device: string, token: string): string =>
  `overland://setup?${new URLSearchParams({ url: `${origin}/ingest/overland`, token, device_id: device })}`;

/** GPSLogger puts its values in place of the words with percent signs. */
export const gpsloggerUrl = (origin: string, device: string, token: string): string =>
  `${origin}/ingest/gpslogger?id=${encodeURIComponent(device)}&token=${encodeURIComponent(token)}&lat=%LAT&lon=%LON&time=%TIME&acc=%ACC&alt=%ALT&spd=%SPD&dir=%DIR&batt=%BATT`;
