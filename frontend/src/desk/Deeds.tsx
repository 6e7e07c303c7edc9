/** What may be done with an incident now: a click, or a click and the reason that stays on record. */
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deed } from './state';
import { useDesk } from './store';
import type { Incident } from './types';
import { useDeed } from './useDeed';

/** Words that a deed needs: the field of the body, and its label. */
const WORDS: Partial<Record<Deed, { field: string; label: 'reason' | 'disposition' | 'note' | 'into' }>> = {
  reject: { field: 'reason', label: 'reason' }, escalate: { field: 'reason', label: 'reason' }, reopen: { field: 'reason', label: 'reason' },
  suspend: { field: 'reason', label: 'reason' }, defer: { field: 'reason', label: 'reason' }, approve: { field: 'reason', label: 'reason' },
  refuse: { field: 'reason', label: 'reason' }, close: { field: 'disposition', label: 'disposition' }, verify: { field: 'note', label: 'note' },
  merge: { field: 'into', label: 'into' },
};
const FIRST: ReadonlySet<Deed> = new Set(['accept', 'verify', 'close', 'approve', 'resume']);

export function Deeds({ incident, deeds }: { incident: Incident; deeds: readonly Deed[] }) {
  const { t } = useTranslation('desk');
  const [asking, setAsking] = useState<Deed | null>(null);
  const { busy, run } = useDeed();
  const act = useDesk((state) => state.do);
  const shown = deeds.filter((deed) => deed !== 'dispatch');
  if (shown.length === 0) return null;

  async function done(deed: Deed, body: object): Promise<void> {
    if (await run(() => act(incident.id, deed, body))) setAsking(null);
  }

  return (
    <Stack gap={6}>
      <Group gap={6}>
        {shown.map((deed) => (
          <Button
            key={deed}
            size="compact-sm"
            variant={FIRST.has(deed) ? 'filled' : 'default'}
            aria-expanded={WORDS[deed] ? asking === deed : undefined}
            loading={busy && asking === null && !WORDS[deed]}
            onClick={() => (WORDS[deed] ? setAsking(asking === deed ? null : deed) : void done(deed, {}))}
            data-testid={`deed-${deed}`}
          >
            {t(`deed_${deed}`)}
          </Button>
        ))}
      </Group>
      {asking && deeds.includes(asking) && <Words key={asking} deed={asking} busy={busy} done={(body) => void done(asking, body)} />}
    </Stack>
  );
}

function Words({ deed, busy, done }: { deed: Deed; busy: boolean; done: (body: object) => void }) {
  const { t } = useTranslation('desk');
  const [words, setWords] = useState('');
  const [until, setUntil] = useState('');
  const { field, label } = WORDS[deed]!;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const more = deed === 'defer' ? { until: new Date(until).toISOString() } : deed === 'verify' ? { passed: true } : {};
    done({ [field]: words, ...more });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap={6}>
        <TextInput size="xs" label={t(label)} description={label === 'reason' ? t('why') : undefined} value={words} onChange={(event) => setWords(event.currentTarget.value)} required autoFocus data-testid="deed-words" />
        {deed === 'defer' && <TextInput size="xs" type="datetime-local" label={t('until')} value={until} onChange={(event) => setUntil(event.currentTarget.value)} required />}
        <Group gap={6}>
          <Button type="submit" size="compact-sm" loading={busy} data-testid="deed-do">
            {deed === 'verify' ? t('passed') : t(`deed_${deed}`)}
          </Button>
          {deed === 'verify' && (
            <Button size="compact-sm" color="red" variant="light" disabled={busy || !words} onClick={() => done({ note: words, passed: false })} data-testid="deed-fail">
              {t('failed')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
