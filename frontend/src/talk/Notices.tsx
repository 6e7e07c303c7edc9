/** Notices from above with their read receipts: write one, see who has read it. */
import { Badge, Button, Card, Checkbox, Group, Progress, Select, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CALLERS } from '../app/roles';
import { useDeed } from '../desk/useDeed';
import { momentOf } from '../format/moments';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { Notice } from './types';
import './talk.css';
import './words';

export default function Notices() {
  const { t } = useTranslation('talk');
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(api.notices, []);
  return (
    <div className="notices" data-testid="notices">
      <Title order={2} size="h4">
        {t('notices')}
      </Title>
      {CALLERS.has(role) && <Write done={asked.again} />}
      <Answered asked={asked}>{(items) => (items.length ? items.map((one) => <NoticeCard key={one.id} notice={one} />) : <Empty hint={t('noNoticesHint')}>{t('noNotices')}</Empty>)}</Answered>
    </div>
  );
}

function Write({ done }: { done: () => void }) {
  const { t } = useTranslation('talk');
  const { t: common } = useTranslation();
  const organisations = useStore((state) => state.organisations);
  const blank = { title: '', body: '', urgent: false };
  const [words, setWords] = useState(blank);
  const [organisation, setOrganisation] = useState<string | null>(useStore.getState().me?.organisation.id ?? null);
  const key = useRef(crypto.randomUUID()); // sent twice, it is one notice
  const { busy, run } = useDeed();
  const choices = useMemo(() => organisations.map((one) => ({ value: one.id, label: one.name })), [organisations]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!organisation || !(await run(() => api.write({ organisation, ...words }, key.current)))) return;
    key.current = crypto.randomUUID();
    setWords(blank);
    done();
  }

  return (
    <Card withBorder component="form" onSubmit={(event: FormEvent) => void submit(event)}>
      <Stack gap={8}>
        <Title order={3} size="h6">
          {t('newNotice')}
        </Title>
        <Group grow align="flex-end">
          <TextInput label={t('title')} required maxLength={200} value={words.title} onChange={(event) => setWords({ ...words, title: event.currentTarget.value })} data-testid="notice-title" />
          <Select label={common('organisation')} searchable limit={50} data={choices} value={organisation} onChange={setOrganisation} allowDeselect={false} />
        </Group>
        <Textarea label={t('body')} required autosize minRows={2} maxLength={4000} value={words.body} onChange={(event) => setWords({ ...words, body: event.currentTarget.value })} data-testid="notice-body" />
        <Group justify="space-between">
          <Switch label={t('urgent')} description={t('urgentHint')} checked={words.urgent} onChange={(event) => setWords({ ...words, urgent: event.currentTarget.checked })} />
          <Button type="submit" loading={busy} data-testid="publish">
            {t('publish')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useTranslation('talk');
  const [open, setOpen] = useState(false);
  const name = useStore((state) => state.organisations.find((one) => one.id === notice.organisation)?.name ?? notice.organisation);
  const [read, members] = [notice.read ?? 0, notice.members ?? 0];
  return (
    <Card withBorder data-testid="notice">
      <Group justify="space-between" wrap="nowrap">
        <Title order={3} size="h6">
          {notice.title} {notice.urgent && <Badge color="red">{t('urgent')}</Badge>}
        </Title>
        <Text size="xs" c="dimmed">
          {momentOf(notice.at)} · {notice.author} · {name}
        </Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {notice.body}
      </Text>
      {notice.members !== null && (
        <Group gap={10} mt={6}>
          <Progress value={members ? (100 * read) / members : 0} w={180} aria-label={t('read')} />
          <Text size="xs">
            {read} / {members} {t('read')}
          </Text>
          <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('receipts')}
          </Button>
        </Group>
      )}
      {open && <Receipts id={notice.id} />}
    </Card>
  );
}

function Receipts({ id }: { id: string }) {
  const { t } = useTranslation('talk');
  const asked = useAsked(() => api.receipts(id), [id]);
  const [unread, setUnread] = useState(true);
  return (
    <Stack gap={4} mt={8}>
      <Checkbox size="xs" label={t('onlyUnread')} checked={unread} onChange={(event) => setUnread(event.currentTarget.checked)} />
      <Answered asked={asked}>
        {(all) => (
          <div className="receipts" tabIndex={0} role="group" aria-label={t('receipts')}>
            {all
              .filter((one) => !unread || one.read_at === null)
              .map((one) => (
                <Text key={one.member} size="xs">
                  {one.name} · {one.read_at ? momentOf(one.read_at) : t('unread')}
                </Text>
              ))}
          </div>
        )}
      </Answered>
    </Stack>
  );
}
