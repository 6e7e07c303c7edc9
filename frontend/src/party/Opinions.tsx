/** Opinions of the public: read before anybody else reads them, published or kept back, answered for all. */
import { Badge, Button, Group, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../desk/useDeed';
import { usePages } from '../ui/list/usePages';
import '../desk/words';
import { instantOf } from '../format/moments';
import { Empty, Fault } from '../ui/States';
import * as api from './api';
import { More } from './Split';
import { opinionDeeds, type OpinionDeed } from './state';
import { OPINION_STATES, type DeskOpinion, type OpinionState } from './types';

const PAUSE_MS = 300;
const COLOURS: Record<OpinionState, string> = { received: 'orange', published: 'cyan', answered: 'teal', kept: 'gray' };

export function Opinions() {
  const { t } = useTranslation('partyDesk');
  const [state, setState] = useState<OpinionState | null>(null);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const pages = usePages<DeskOpinion>('/opinions', { state, q: asked || undefined });
  return (
    <div className="party-windows" data-testid="opinions">
      <Group>
        <TextInput aria-label={t('search')} placeholder={t('search')} type="search" maxLength={100} value={text} onChange={(event) => setText(event.currentTarget.value)} data-search />
        <Select aria-label={t('state')} placeholder={t('all')} clearable data={OPINION_STATES.map((value) => ({ value, label: t(`o_${value}`) }))} value={state} onChange={(value) => setState(value as OpinionState | null)} clearButtonProps={{ 'aria-label': t('all') }} />
      </Group>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      <div className="party-opinions">
        {pages.rows.map((one) => (
          <Opinion key={one.id} one={one} onChange={pages.again} />
        ))}
      </div>
      <More pages={pages} />
      {pages.done && pages.rows.length === 0 && <Empty hint={t('noOpinionsHint')}>{t('noOpinions')}</Empty>}
    </div>
  );
}

function Opinion({ one, onChange }: { one: DeskOpinion; onChange: () => void }) {
  const { t } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const [asking, setAsking] = useState<OpinionDeed | null>(null);
  const act = async (deed: OpinionDeed, also: object = {}) => {
    if (await run(() => api.moderate(one.id, deed, one.version, also), t('done_save'))) setAsking(null);
    onChange();
  };
  return (
    <article className="party-card" data-testid="desk-opinion">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text fw={600} className="party-wrap">
          {one.title}
        </Text>
        <Badge variant="light" color={COLOURS[one.state]}>
          {t(`o_${one.state}`)}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {one.id} · {one.organisation_name} · {instantOf(one.created_at)} · {t('voices', { count: one.voices })}
      </Text>
      <Text className="party-wrap" lang={one.language}>
        {one.body}
      </Text>
      {one.answer && (
        <Text size="sm" className="party-wrap">
          <b>{t('answer')}:</b> {one.answer}
        </Text>
      )}
      {one.state === 'kept' && one.reason && <Text size="sm">{one.reason}</Text>}
      <Group gap={8}>
        {opinionDeeds(one.state).map((deed) => (
          <Button key={deed} size="xs" loading={busy} variant={deed === 'keep' ? 'default' : 'light'} onClick={() => (deed === 'publish' ? void act(deed) : setAsking(deed))} data-testid={`opinion-${deed}`}>
            {t(`opinionDo_${deed}`)}
          </Button>
        ))}
      </Group>
      {asking !== null && <Say deed={asking} send={(text) => act(asking, asking === 'keep' ? { reason: text } : { text })} />}
    </article>
  );
}

function Say({ deed, send }: { deed: OpinionDeed; send: (text: string) => Promise<void> }) {
  const { t } = useTranslation('partyDesk');
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => (event.preventDefault(), void send(text.trim()));
  return (
    <form onSubmit={submit}>
      <Textarea label={t(deed === 'keep' ? 'keepHint' : 'answerHint')} required autosize minRows={2} maxLength={2_000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-testid="opinion-text" />
      <Button type="submit" size="xs" mt={8} disabled={!text.trim()} data-testid="opinion-send">
        {t(`opinionDo_${deed}`)}
      </Button>
    </form>
  );
}
