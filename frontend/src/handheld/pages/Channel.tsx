/** One channel: what was said, a line of text, and push to talk. */
import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { urlOf } from '../../api/request';
import { withSession } from '../session';
import { outbox, readChannel } from '../service';
import { useHandheld } from '../store';
import type { Said } from '../types';
import { Dim, Heading } from './parts';
import { Talk } from './Talk';

const NONE: Said[] = [];

export function Channel({ id }: { id: string | null }) {
  const { t } = useTranslation('handheld');
  const channel = useHandheld((state) => state.channels.find((one) => one.id === id));
  const said = useHandheld((state) => state.said[id ?? ''] ?? NONE);
  const items = useHandheld((state) => state.outbox);
  const mine = useHandheld((state) => state.carrier?.member.id);
  const waiting = items.filter((item) => (item.doing === 'say' || item.doing === 'clip') && item.about === id);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => void (id && readChannel(id).catch(() => undefined)), [id]); // without a network the last known stands
  useEffect(() => void end.current?.scrollIntoView(), [said.length, waiting.length]);
  if (id === null) return null;
  return (
    <>
      <div style={{ padding: '12px 12px 0' }}>
        <Heading back="messages">{channel?.name ?? id}</Heading>
      </div>
      <div className="bubbles" tabIndex={0} role="log" aria-label={channel?.name ?? id}>
        {said.length + waiting.length === 0 && <Dim>{t('nothingSaid')}</Dim>}
        {said.map((one) => (
          <Bubble key={one.id} said={one} isMine={one.member !== null && one.member === mine} />
        ))}
        {waiting.map((item) => (
          <div key={item.key} className="bubble mine">
            <Text className="said">{item.doing === 'say' ? String(item.body?.text) : t('do_clip')}</Text>
            <Dim>{t('willBeSent')}</Dim>
          </div>
        ))}
        <div ref={end} />
      </div>
      <Speak id={id} />
    </>
  );
}

function Bubble({ said, isMine }: { said: Said; isMine: boolean }) {
  const { t } = useTranslation('handheld');
  return (
    <div className={isMine ? 'bubble mine' : 'bubble'} data-testid="said">
      {said.text !== null && <Text className="said">{said.text}</Text>}
      {said.clip && (
        <Button variant="default" leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => void play(said.clip!.id)}>
          {t('clip', { seconds: Math.round(said.clip.seconds ?? 0) || '?' })}
        </Button>
      )}
      <Dim>
        {said.sender} · {momentOf(said.at)}
      </Dim>
    </div>
  );
}

async function play(clip: string): Promise<void> {
  const answer = await withSession(() => fetch(urlOf(`/clips/${encodeURIComponent(clip)}`)));
  const url = URL.createObjectURL(await answer.blob());
  const audio = new Audio(url);
  audio.onended = () => URL.revokeObjectURL(url);
  await audio.play();
}

function Speak({ id }: { id: string }) {
  const { t } = useTranslation('handheld');
  const [text, setText] = useState('');
  const channel = `/channels/${encodeURIComponent(id)}`;
  function say(event: FormEvent): void {
    event.preventDefault();
    if (!text.trim()) return;
    void outbox.add({ doing: 'say', path: `${channel}/messages`, body: { text: text.trim() }, about: id });
    setText('');
  }
  return (
    <form className="speak" onSubmit={say}>
      <TextInput aria-label={t('say')} placeholder={t('say')} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={4000} data-testid="say" />
      <ActionIcon type="submit" size={36} aria-label={t('send')} data-testid="send">
        <IconSend size={18} aria-hidden />
      </ActionIcon>
      <Talk spoken={(file, seconds) => void outbox.add({ doing: 'clip', path: `${channel}/clips?seconds=${seconds}`, file, about: id })} />
    </form>
  );
}
