/** What waits to be sent, in order, and what the server refused: changed and sent again, or discarded, by the member. */
import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { Empty } from '../../ui/States';
import type { Item } from '../outbox/outbox';
import { outbox } from '../service';
import { useHandheld } from '../store';
import { Dim, Heading } from './parts';

/** The field of each kind of command that a person has written. */
const WRITTEN = ['note', 'description', 'reason', 'text'];

export function Unsent() {
  const { t } = useTranslation('handheld');
  const { outbox: items, fixesWaiting } = useHandheld();
  return (
    <Stack gap="sm">
      <Heading back="me">{t('unsent')}</Heading>
      {items.length === 0 && fixesWaiting === 0 ? <Empty>{t('unsentNone')}</Empty> : <Dim>{t('unsentHint')}</Dim>}
      {fixesWaiting > 0 && (
        <Text>
          {t('positionsWaiting')}: {fixesWaiting}
        </Text>
      )}
      {items.map((item) => (
        <Shown key={item.key} item={item} />
      ))}
      {items.length > 0 && (
        <Button variant="default" onClick={() => void outbox.flush(true)}>
          {t('sendNow')}
        </Button>
      )}
    </Stack>
  );
}

function Shown({ item }: { item: Item }) {
  const { t } = useTranslation('handheld');
  return (
    <article className="card" data-testid="unsent" data-refused={Boolean(item.refusal)}>
      <Group justify="space-between">
        <Text fw={650}>{t(`do_${item.doing}`)}</Text>
        <Dim>{momentOf(item.at)}</Dim>
      </Group>
      <Text size="sm" className="said" lineClamp={2}>
        {item.about}
      </Text>
      {item.needs && <Dim>{t('waitingFor')}</Dim>}
      {item.refusal && <Refused item={item} />}
    </article>
  );
}

function Refused({ item }: { item: Item }) {
  const { t } = useTranslation('handheld');
  const field = WRITTEN.find((name) => typeof item.body?.[name] === 'string');
  const [text, setText] = useState(field ? String(item.body?.[field]) : '');
  return (
    <Stack gap={8} mt={8}>
      <Alert color="red" title={t('refused')} data-testid="refusal">
        {item.refusal?.detail}
      </Alert>
      {field && <Textarea aria-label={t(`do_${item.doing}`)} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={2} />}
      <Group grow>
        <Button onClick={() => void outbox.change(item.key, field ? { [field]: text } : {})} data-testid="change">
          {t('change')}
        </Button>
        <Button variant="default" onClick={() => void outbox.discard(item.key)} data-testid="discard">
          {t('discard')}
        </Button>
      </Group>
    </Stack>
  );
}
