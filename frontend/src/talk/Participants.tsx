/** Who takes part in a channel, and the roll: who is there, and where. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CALLERS } from '../app/roles';
import { useDeed } from '../desk/useDeed';
import { momentOf } from '../format/moments';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { useTalk } from './store';
import type { RollCall } from './types';

const MOST_SHOWN = 200;

export function Participants({ channel }: { channel: string }) {
  const { t } = useTranslation('talk');
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(() => api.channel(channel), [channel]);
  const [roll, setRoll] = useState<RollCall | null>(null);
  const answers = useTalk((state) => state.talk.answers);
  const { busy, run } = useDeed();
  const id = roll?.id;
  useEffect(() => {
    if (id) api.rollCall(id).then(setRoll, () => undefined); // the next answer asks again
  }, [answers, id]);
  return (
    <aside className="participants" aria-label={t('participants')}>
      <Group justify="space-between" p={12}>
        <Title order={2} size="h6">
          {roll ? t('rollCallOf', { time: momentOf(roll.at) }) : t('participants')}
        </Title>
        {CALLERS.has(role) && (
          <Button size="compact-sm" variant="default" loading={busy} onClick={() => void run(async () => setRoll(await api.callRoll(channel)))} data-testid="call-roll">
            {t('rollCall')}
          </Button>
        )}
      </Group>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('participants')}>
        {roll ? (
          <Roll roll={roll} />
        ) : (
          <Answered asked={asked}>
            {({ members }) => (
              <>
                {members.slice(0, MOST_SHOWN).map((one) => (
                  <Text key={one.member} size="sm" px={12} py={3}>
                    {one.name}
                  </Text>
                ))}
                {members.length > MOST_SHOWN && <Text px={12}>+ {members.length - MOST_SHOWN}</Text>}
              </>
            )}
          </Answered>
        )}
      </div>
    </aside>
  );
}

function Roll({ roll }: { roll: RollCall }) {
  const { t } = useTranslation('talk');
  const there = roll.answers.filter((one) => one.answered_at !== null).length;
  return (
    <>
      <Text size="sm" px={12} fw={600}>
        {there} / {roll.answers.length} {t('answered')}
      </Text>
      {roll.answers.slice(0, MOST_SHOWN).map((one) => (
        <Group key={one.member} justify="space-between" px={12} py={3} wrap="nowrap" data-testid="roll-answer">
          <Text size="sm">{one.name}</Text>
          <Text size="xs" c={one.answered_at ? 'teal' : 'dimmed'}>
            {one.answered_at ? momentOf(one.answered_at) : t('notYet')}
          </Text>
        </Group>
      ))}
    </>
  );
}
