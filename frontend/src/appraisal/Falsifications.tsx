/** What looks pretended: proposed by the program, decided by a person. */
import { Anchor, Badge, Button, Card, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../app/route';
import { useDeed } from '../desk/useDeed';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { Falsification } from './types';

export function Falsifications() {
  const { t } = useTranslation('appraisal');
  const asked = useAsked(api.falsifications, []);
  return (
    <div className="appraisal-scroll">
      <Answered asked={asked}>{(items) => (items.length ? items.map((one) => <One key={one.id} found={one} done={asked.again} />) : <Empty>{t('noFalsifications')}</Empty>)}</Answered>
    </div>
  );
}

function One({ found, done }: { found: Falsification; done: () => void }) {
  const { t } = useTranslation('appraisal');
  const [reason, setReason] = useState('');
  const { busy, run } = useDeed();
  const judge = async (confirms: boolean) => {
    if (await run(() => api.judge(found.id, confirms, reason))) done();
  };
  const { metres, note } = found.evidence;
  return (
    <Card withBorder mb={10} data-testid="falsification">
      <Group justify="space-between">
        <Text fw={600}>
          {found.name} · <Anchor href={pathOf('desk', [found.incident])}>{found.incident}</Anchor>
        </Text>
        <Badge variant="light" color={found.state === 'proposed' ? 'orange' : 'gray'} c="var(--mantine-color-text)">
          {t(`state_${found.state}`)}
        </Badge>
      </Group>
      <Text size="sm">
        {t(`sign_${found.sign}`)} {typeof metres === 'number' && t('metresOff', { metres })} {typeof note === 'string' && note}
      </Text>
      {found.decided_by && (
        <Text size="sm" c="dimmed">
          {t('decidedBy', { name: found.decided_by })}: {found.reason}
        </Text>
      )}
      {found.state === 'proposed' && (
        <Group align="flex-end" mt={8}>
          <TextInput label={t('reason')} maxLength={4000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} flex={1} />
          <Button color="red" variant="default" loading={busy} disabled={!reason} onClick={() => void judge(true)}>
            {t('confirm')}
          </Button>
          <Button variant="default" loading={busy} disabled={!reason} onClick={() => void judge(false)}>
            {t('dismiss')}
          </Button>
        </Group>
      )}
    </Card>
  );
}
