/** One thing of a room: asked for by its id, and again every so often; its words and deeds, beside them facts and the record. */
import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { instantOf } from '../format/moments';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { useRegularly } from '../ui/useRegularly';
import { AGAIN_MS } from './Room';
import { StateBadge } from './RoomList';

export interface PaneProps {
  id: string;
  /** The list is to be asked again. */
  onChange: () => void;
}

/** What is shown of a thing. onChange: it is to be asked again, and so is the list. */
export interface ShownProps<T> {
  one: T;
  onChange: () => void;
}

export function Asked<T>({ id, onChange, ask, children }: PaneProps & { ask: (id: string) => Promise<T>; children: (shown: ShownProps<T>) => ReactNode }) {
  const asked = useAsked(() => ask(id), [id]);
  useRegularly(asked.again, AGAIN_MS);
  return <Answered asked={asked}>{(one) => children({ one, onChange: () => (asked.again(), onChange()) })}</Answered>;
}

interface FrameProps {
  one: { id: string; state: string; created_at: string };
  title: string;
  /** What kind of thing it is, between its id and its moment. */
  kinds?: readonly string[];
  /** Beside its state. */
  mark?: ReactNode;
  /** Below its title. */
  below?: ReactNode;
  /** What was said: the body. */
  children: ReactNode;
  /** What may be done. */
  foot: ReactNode;
  facts: ReactNode;
}

export function Frame({ one, title, kinds = [], mark, below, children, foot, facts }: FrameProps) {
  return (
    <div className="service-shown">
      <section className="service-talk">
        <header>
          <Group gap={8}>
            <StateBadge state={one.state} size="md" />
            <Text size="sm" c="dimmed">
              {[one.id, ...kinds, instantOf(one.created_at)].join(' · ')}
            </Text>
            {mark}
          </Group>
          <Title order={3} size="h3" className="service-wrap">
            {title}
          </Title>
          {below}
        </header>
        {children}
        {foot}
      </section>
      <aside className="service-facts" aria-label={one.id}>
        {facts}
      </aside>
    </div>
  );
}

/** The body of a thing that was told in one text. */
export function Body({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="service-body">
      <Text className="service-wrap" style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Text>
      {children}
    </div>
  );
}
