/** Channels, messages, roll calls and notices as the API gives them. */

export interface Channel {
  id: string;
  name: string;
  organisation: string;
  incident: string | null;
  everyone: boolean;
  at: string;
}

export interface Listener {
  member: string;
  name: string;
  organisation: string;
}

export interface ChannelDetail extends Channel {
  members: Listener[];
}

export interface Message {
  id: string;
  at: string;
  sender: string;
  /** Id, where a member said it. */
  member: string | null;
  text: string | null;
  clip: { id: string; media_type: string; seconds: number | null; bytes: number } | null;
}

export interface Answer {
  member: string;
  name: string;
  answered_at: string | null;
  latitude: number | null;
  longitude: number | null;
  note: string | null;
}

export interface RollCall {
  id: string;
  at: string;
  answers: Answer[];
}

export interface Notice {
  id: string;
  organisation: string;
  title: string;
  body: string;
  urgent: boolean;
  author: string;
  at: string;
  members: number | null;
  read: number | null;
}

export interface Receipt {
  member: string;
  name: string;
  organisation: string;
  read_at: string | null;
}
