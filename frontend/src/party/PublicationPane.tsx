/** One publication: its text as the public reads it, its files and record, and what may be done. */
import { Anchor, Button, FileButton, Group, Text as Words, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { urlOf } from '../api/request';
import { useDeed } from '../desk/useDeed';
import '../desk/words';
import { instantOf, momentOf } from '../format/moments';
import { Text } from '../public/party/Text';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { Editor } from './Editor';
import { StateBadge } from './Publications';
import { deedsOf, needsReason, type Deed } from './state';
import type { Draft, PublicationDetail } from './types';

export function PublicationPane({ id, onChange }: { id: string; onChange: () => void }) {
  const asked = useAsked(() => api.publication(id), [id]);
  return (
    <article className="party-pane" aria-label={id} data-testid="publication">
      <Answered asked={asked}>{(one) => <Shown one={one} onChange={() => (asked.again(), onChange())} />}</Answered>
    </article>
  );
}

function Shown({ one, onChange }: { one: PublicationDetail; onChange: () => void }) {
  const { t } = useTranslation('partyDesk');
  const [editing, setEditing] = useState(false);
  const { run } = useDeed();
  const save = async (draft: Draft) => {
    const done = await run(() => api.edit(one.id, one.version, draft), t('done_save'));
    if (done) setEditing(false);
    onChange();
    return done;
  };
  const { section, title_en, title_zh, body_en, body_zh, pinned } = one;
  if (editing) return <Editor draft={{ section, title_en, title_zh, body_en, body_zh, pinned }} save={save} cancel={() => setEditing(false)} />;
  return (
    <>
      <Head one={one} />
      <Deeds key={one.state} one={one} edit={() => setEditing(true)} onChange={onChange} />
      <div className="party-languages">
        {(['en', 'zh'] as const).map(
          (language) =>
            one[`title_${language}`] && (
              <section key={language} lang={language}>
                <Title order={4}>{one[`title_${language}`]}</Title>
                <Text text={one[`body_${language}`] ?? ''} lang={language} />
              </section>
            ),
        )}
      </div>
      {one.files.length > 0 && (
        <section>
          <Title order={4} size="h6">
            {t('files')}
          </Title>
          {one.files.map((file) => (
            <Anchor key={file.id} size="sm" display="block" href={urlOf(`/publications/${one.id}/files/${file.id}`)} download={file.name}>
              {file.name}
            </Anchor>
          ))}
        </section>
      )}
      <Record one={one} />
    </>
  );
}

function Head({ one }: { one: PublicationDetail }) {
  const { t } = useTranslation('partyDesk');
  return (
    <header>
      <Group gap={8}>
        <StateBadge state={one.state} />
        <Words size="sm" c="dimmed">
          {one.id} · {t(one.section)} · {one.organisation_name} · {t('by', { name: one.author })}
          {one.approver && ` · ${t('approvedBy', { name: one.approver })}`}
        </Words>
      </Group>
      {one.state === 'published' && (
        <Words size="sm">
          {t('visible', { from: instantOf(one.visible_from!) })} {one.visible_until && t('until', { until: instantOf(one.visible_until) })} ·{' '}
          <Anchor href={`/public/news/${one.id}`} target="_blank">
            {t('publicPage')}
          </Anchor>
        </Words>
      )}
      {one.reason && one.state !== 'published' && <Words size="sm">{one.reason}</Words>}
    </header>
  );
}

function Deeds({ one, edit, onChange }: { one: PublicationDetail; edit: () => void; onChange: () => void }) {
  const { t } = useTranslation('partyDesk');
  const role = useStore((state) => state.me?.role ?? '');
  const { busy, run } = useDeed();
  const [asking, setAsking] = useState<Deed | null>(null);
  const act = async (deed: Deed, also: object = {}) => {
    await run(() => api.move(one.id, deed, one.version, also), t(`done_${deed}`));
    onChange();
  };
  const attach = (file: File | null) => file && void run(() => api.attach(one.id, file, newKey())).then(onChange);
  return (
    <section>
      <Group gap={8}>
        {deedsOf(one.state, role, one.yours).map((deed) => (
          <Button key={deed} size="xs" loading={busy} variant={deed === 'send-back' || deed === 'withdraw' || deed === 'revise' ? 'default' : 'filled'} onClick={() => (needsReason(deed) || deed === 'publish' ? setAsking(deed) : void act(deed))} data-testid={`publication-${deed}`}>
            {t(deed)}
          </Button>
        ))}
        {one.state === 'draft' && (
          <>
            <Button size="xs" variant="default" onClick={edit} data-testid="publication-edit">
              {t('edit')}
            </Button>
            <FileButton onChange={attach}>
              {(props) => (
                <Button {...props} size="xs" variant="default">
                  {t('attach')}
                </Button>
              )}
            </FileButton>
          </>
        )}
      </Group>
      {one.state === 'submitted' && one.yours && (
        <Words size="sm" c="dimmed" mt={6}>
          {t('yours')}
        </Words>
      )}
      {asking === 'publish' && <Publish send={(also) => act('publish', also)} />}
      {asking !== null && needsReason(asking) && <Reason deed={asking} send={(reason) => act(asking, { reason })} />}
    </section>
  );
}

/** An instant of a field of the browser's own time; "" is none. */
const instant = (local: string): string | undefined => (local ? new Date(local).toISOString() : undefined);

function Publish({ send }: { send: (also: object) => Promise<void> }) {
  const { t } = useTranslation('partyDesk');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  return (
    <form className="party-form" onSubmit={(event) => (event.preventDefault(), void send({ visible_from: instant(from), visible_until: instant(to) }))}>
      <Group align="end">
        <TextInput type="datetime-local" label={t('from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput type="datetime-local" label={t('to')} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        <Button type="submit" data-testid="publish-send">
          {t('publish')}
        </Button>
      </Group>
    </form>
  );
}

function Reason({ deed, send }: { deed: Deed; send: (reason: string) => Promise<void> }) {
  const { t } = useTranslation('partyDesk');
  const [reason, setReason] = useState('');
  return (
    <form className="party-form" onSubmit={(event) => (event.preventDefault(), void send(reason.trim()))}>
      <Textarea label={t('reason')} required maxLength={2_000} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-testid="publication-reason" />
      <Button type="submit" size="xs" mt={8} disabled={!reason.trim()}>
        {t(deed)}
      </Button>
    </form>
  );
}

function Record({ one }: { one: PublicationDetail }) {
  const { t } = useTranslation('partyDesk');
  return (
    <section>
      <Title order={4} size="h6">
        {t('record')}
      </Title>
      <ol className="party-log">
        {one.log.map((entry) => (
          <li key={entry.version}>
            <span>
              {t(`log_${entry.action}`)} · {entry.actor}
              {entry.note && ` · ${entry.note}`}
            </span>
            <time dateTime={entry.at}>{momentOf(entry.at)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
