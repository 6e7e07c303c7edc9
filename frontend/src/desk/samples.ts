/** An incident and an alert for tests. */
import type { Alert, Incident } from './types';

export const anIncident = (changes: Partial<Incident> = {}): Incident => ({
  id: 'I-1', version: 1, state: 'reported', kind: '0101', kind_en: 'Manhole cover', kind_zh: '井盖', priority: 3,
  organisation: 'g1', place_organisation: 'g1', latitude: 51.1, longitude: 71.4, address: null, description: 'missing',
  source: 'citizen', contact: null, reporter: null, drill: false, reported_at: '2026-11-25T00:00:00Z', ended_at: null,
  clock: 'accept', due_at: '2026-11-25T00:10:00Z', escalations: 0, marks: 0, sent_back: 0, request: null,
  disposition: null, duplicate_of: null, assignments: [], ...changes,
});

export const anAlert = (changes: Partial<Alert> = {}): Alert => ({
  id: 'L-1', version: 1, kind: 'sos', state: 'raised', text: 'SOS', drill: false, organisation: 'g1', member: 'm1',
  name: 'Anna', phone: null, device: 'd1', geofence_name: null, reason: null, incident: null, latitude: 51, longitude: 71,
  happened_at: '2026-11-25T00:00:00Z', raised_at: '2026-11-25T00:00:00Z', acknowledged_by: null, assigned_by: null,
  cleared_at: null, cleared_by: null, nearest: [], ...changes,
});
