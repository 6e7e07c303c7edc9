/** One channel: what was said, and how to say something, by text or by voice. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../api/request';
import { momentOf } from '../format/moments';
import { useDeed } from '../desk/useDeed';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { record, type Recording } from './recorder';
import { useTalk } from './store';
import type { Message } from './types';
import './talk.css';
import './words';

export function ChannelView({ channel }: { channel: string }) {
  const { t } = useTranslation('talk');
  const look = useTalk((state) => state.look);
  const said = useTalk((state) => state.talk.said.get(channel));
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(() => look(channel), [channel, look]);
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => void foot.current?.scrollIntoView({ block: 'nearest' }), [said?.length]); // newer browsers return a promise
  useEffect(() => () => useTalk.getState().leave(), [channel]);
  return (
    <div className="channel" data-testid="channel">
      <div className="scroll" role="log" aria-label={t('channel')} tabIndex={0}>
        <Answered asked={asked}>{() => null}</Answered>
        {said?.length === 0 && <Empty>{t('nothingSaid')}</Empty>}
        {said?.map((one) => (
          <Said key={one.id} one={one} />
        ))}
        <div ref={foot} />
      </div>
      {role !== 'observer' && <Speak channel={channel} />}
    </div>
  );
}

function Said({ one }: { one: Message }) {
  const { t } = useTranslation('talk');
  const me = useStore((state) => state.me?.user);
  const name = useStore((state) => {
    for (const info of state.live.info.values()) if (one.member && info.member === one.member) return info.name;
    return one.sender;
  });
  return (
    <div className={`said-line ${one.sender === me ? 'mine' : ''}`} data-testid="message">
      <Text size="xs" c="dimmed">
        {name} · {momentOf(one.at)}
      </Text>
      {one.text && <span className="bubble">{one.text}</span>}
      {one.clip && <audio controls preload="none" src={urlOf(`/clips/${encodeURIComponent(one.clip.id)}`)} aria-label={`${t('message')}: ${name}`} />}
    </div>
  );
}

function Speak({ channel }: { channel: string }) {
  const { t } = useTranslation('talk');
  const say = useTalk((state) => state.say);
  const [text, setText] = useState('');
  const { busy, run } = useDeed();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() && (await run(() => say(channel, text.trim())))) setText('');
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="speak">
      <Group gap={6} wrap="nowrap">
        <TextInput style={{ flex: 1 }} size="sm" placeholder={t('write')} aria-label={t('write')} value={text} maxLength={4000} onChange={(event) => setText(event.currentTarget.value)} data-testid="say" />
        <Button type="submit" loading={busy}>
          {t('send')}
        </Button>
        <PushToTalk channel={channel} />
      </Group>
    </form>
  );
}

function PushToTalk({ channel }: { channel: string }) {
  const { t } = useTranslation('talk');
  const speak = useTalk((state) => state.speak);
  const recording = useRef<Promise<Recording> | null>(null);
  const [on, setOn] = useState(false);
  const { run } = useDeed();

  async function begin(): Promise<void> {
    if (recording.current) return;
    setOn(true);
    recording.current = record();
    const started = await run(() => recording.current!.catch((error: Error) => Promise.reject(new Error(t('noMicrophone', { reason: error.message })))));
    if (!started) {
      recording.current = null;
      setOn(false);
    }
  }
  async function end(): Promise<void> {
    const running = recording.current;
    if (!running) return;
    recording.current = null;
    setOn(false);
    await run(async () => {
      const { clip, seconds } = await (await running).stop();
      if (clip.size > 0) await speak(channel, clip, seconds);
    });
  }
  const isSpace = (event: React.KeyboardEvent) => event.key === ' ' && !event.repeat;

  return (
    <Button
      variant={on ? 'filled' : 'default'}
      color={on ? 'red' : 'gray'}
      leftSection={<IconMicrophone size={16} aria-hidden />}
      aria-pressed={on}
      onPointerDown={() => void begin()}
      onPointerUp={() => void end()}
      onPointerLeave={() => void end()}
      onKeyDown={(event) => isSpace(event) && (event.preventDefault(), void begin())}
      onKeyUp={(event) => event.key === ' ' && void end()}
    >
      {on ? t('talking') : t('hold')}
    </Button>
  );
}
