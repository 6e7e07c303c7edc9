/** What the handheld keeps and is told. Units are SI, times RFC 3339 UTC; places degrees WGS 84. */
import type { Me } from '../api/types';

export interface Place {
  latitude: number;
  longitude: number;
}

/** Who carries this phone: kept until somebody signs out. */
export interface Carrier {
  member: { id: string; name: string };
  device: string;
  deviceToken: string;
  /** As the server last told it; null until it was asked. */
  me: Me | null;
}

export interface Incident extends Place {
  id: string;
  state: string;
  kind: string;
  kind_en: string;
  kind_zh: string;
  /** 1 (emergency) to 4. */
  priority: number;
  address: string | null;
  description: string;
  drill: boolean;
  due_at: string | null;
}

export type TaskState = 'offered' | 'acknowledged' | 'en_route' | 'on_scene' | 'handled' | 'declined' | 'expired' | 'cleared' | 'over';

/** An assignment of this member, with what it is about. `over`: the server does not speak of it any more. */
export interface Task {
  id: string;
  state: TaskState;
  purpose: 'handle' | 'verify';
  offered_at: string;
  answer_by: string | null;
  delivered_at: string | null;
  arrival_proposed_at: string | null;
  metres: number | null;
  incident: Incident;
}

export interface Notice {
  id: string;
  title: string;
  body: string;
  urgent: boolean;
  author: string;
  at: string;
  read_at: string | null;
}

export interface Kind {
  code: string;
  class: string;
  category: 'component' | 'event';
  name_en: string;
  name_zh: string;
  priority: number;
}

export interface Alert {
  id: string;
  kind: string;
  state: 'raised' | 'acknowledged' | 'assigned' | 'cleared';
  text: string;
  drill: boolean;
  member: string | null;
  name: string | null;
  phone: string | null;
  latitude: number | null;
  longitude: number | null;
  raised_at: string;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  assigned_at: string | null;
  assigned_by: string | null;
  cleared_at: string | null;
  cleared_by: string | null;
  nearest: { member: string; name: string; metres: number }[];
}

export interface Report extends Incident {
  reported_at: string;
  reporter_member: string | null;
  assignments: (Omit<Task, 'incident'> & { member: string | null })[];
}

export interface Channel {
  id: string;
  name: string;
  incident: string | null;
}

export interface Said {
  id: string;
  at: string;
  sender: string;
  member: string | null;
  text: string | null;
  clip: { id: string; media_type: string; seconds: number | null } | null;
}

/** Somebody asks where everybody is. */
export interface RollCall {
  id: string;
  channel: string;
  asker: string;
  at: string;
}
