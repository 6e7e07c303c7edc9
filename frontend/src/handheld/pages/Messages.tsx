/** Notices with read receipts, roll calls, and the channels of the intercom. */
import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { Empty } from '../../ui/States';
import { here, outbox } from '../service';
import { setState, useHandheld } from '../store';
import type { Notice, RollCall } from '../types';
import { Dim, Heading, To } from './parts';

export function Messages() {
  const { t } = useTranslation('handheld');
  const { notices, channels, rollCalls, outbox: items } = useHandheld();
  return (
    <Stack gap="md">
      <Heading>{t('messages')}</Heading>
      {rollCalls.map((call) => (
        <Roll key={call.id} call={call} />
      ))}
      <section>
        <Title order={2} size="h5" mb={8}>
          {t('notices')}
        </Title>
        <Stack gap={8}>
          {notices.length === 0 && <Dim>{t('noNotices')}</Dim>}
          {notices.map((notice) => (
            <Shown key={notice.id} notice={notice} isSent={items.some((item) => item.doing === 'read' && item.about === notice.id)} />
          ))}
        </Stack>
      </section>
      <section>
        <Title order={2} size="h5" mb={8}>
          {t('talk')}
        </Title>
        <Stack gap={8}>
          {channels.length === 0 && <Empty hint={t('noChannelsHint')}>{t('noChannels')}</Empty>}
          {channels.map((channel) => (
            <To key={channel.id} page="channel" id={channel.id} className="card" testId="channel">
              <Text fw={650}>{channel.name}</Text>
              {channel.incident && <Dim>{channel.incident}</Dim>}
            </To>
          ))}
        </Stack>
      </section>
    </Stack>
  );
}

function Shown({ notice, isSent }: { notice: Notice; isSent: boolean }) {
  const { t } = useTranslation('handheld');
  function read(): void {
    void outbox.add({ doing: 'read', path: `/notices/${encodeURIComponent(notice.id)}/read`, about: notice.id });
    setState((state) => ({ notices: state.notices.map((one) => (one.id === notice.id ? { ...one, read_at: new Date().toISOString() } : one)) }));
  }
  return (
    <article className="card" data-testid="notice" data-priority={notice.urgent ? 1 : 3} data-read={notice.read_at !== null}>
      <Group justify="space-between" gap={6}>
        <Text fw={650}>{notice.title}</Text>
        {notice.urgent && (
          <Badge color="#c2153b" c="#ffffff" radius="sm">
            {t('urgent')}
          </Badge>
        )}
      </Group>
      <Text size="sm" className="said" my={6}>
        {notice.body}
      </Text>
      <Dim>
        {notice.author} · {momentOf(notice.at)}
        {notice.read_at !== null && ` · ${t('readAt')}${isSent ? ` (${t('willBeSent')})` : ''}`}
      </Dim>
      {notice.read_at === null && (
        <Button mt={8} fullWidth onClick={read} data-testid="read">
          {t('markRead')}
        </Button>
      )}
    </article>
  );
}

function Roll({ call }: { call: RollCall }) {
  const { t } = useTranslation('handheld');
  function answer(): void {
    void outbox.add({ doing: 'here', path: `/roll-calls/${encodeURIComponent(call.id)}/answer`, body: here(), about: call.id });
    setState((state) => ({ rollCalls: state.rollCalls.filter((one) => one.id !== call.id) }));
  }
  return (
    <Alert title={t('rollCall', { name: call.asker })} role="alert" data-testid="roll-call">
      <Button size="lg" fullWidth onClick={answer} data-testid="here">
        {t('iAmHere')}
      </Button>
    </Alert>
  );
}
