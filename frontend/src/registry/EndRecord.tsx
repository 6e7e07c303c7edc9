/** A record is no more, with the reason, and is again. Nothing is deleted. */
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as api from './api';
import type { ElementName } from './elements';
import { sayDone, sayFault } from './said';
import type { RecordOf } from './types';

const REASONS = ['moved', 'died', 'mistake'] as const;

export function EndRecord({ element, record, onDone }: { element: ElementName; record: RecordOf; onDone(): void }) {
  const { t } = useTranslation('registry');
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState<string>('moved');
  const [remark, setRemark] = useState('');
  const deed = record.ended_at ? 'restore' : 'end';
  const go = () =>
    void api.turn(element, record.id, deed, { version: record.version, remark: remark || null, ...(element === 'people' && deed === 'end' ? { reason } : {}) }).then(
      () => (sayDone(deed === 'end' ? 'endDone' : 'restoreDone'), onDone()), sayFault,
    );
  return (
    <Stack gap={8} className="ui-tools">
      {asked && deed === 'end' && element === 'people' && <Select label={t('reason')} data={REASONS.map((one) => ({ value: one, label: t(`o_${one}`) }))} value={reason} onChange={(value) => setReason(value ?? 'moved')} allowDeselect={false} />}
      {asked && <TextInput label={t('remark')} value={remark} onChange={(event) => setRemark(event.currentTarget.value)} />}
      {asked && <Text size="sm">{t(deed === 'end' ? 'endHint' : 'restoreHint')}</Text>}
      <Group gap={8}>
        <Button size="compact-sm" variant={asked ? 'filled' : 'default'} {...(asked && deed === 'end' ? { color: 'red' } : {})} onClick={() => (asked ? go() : setAsked(true))} data-testid="turn">{t(deed === 'end' ? 'end' : 'restore')}</Button>
        {asked && <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>{t('cancel')}</Button>}
      </Group>
    </Stack>
  );
}
