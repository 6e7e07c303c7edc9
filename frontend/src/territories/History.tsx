/** What the organisation was, and the borders of everybody on a day, drawn over those of now. */
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/request';
import type { Organisation } from '../api/types';
import { instantOf } from '../format/moments';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { useTerritories } from './store';
import type { Past } from './types';

const MOST = 20;

export function History({ one }: { one: Organisation }) {
  const { t } = useTranslation('territories');
  const [day, setDay] = useState('');
  const asked = useAsked(() => get<{ items: Past[] }>(`/organisations/${encodeURIComponent(one.id)}/history`, { limit: MOST }), [one.id, one.version]);
  const look = (value: string) => {
    setDay(value);
    void useTerritories.getState().look(value ? new Date(value).toISOString() : null);
  };
  return (
    <>
      <TextInput type="datetime-local" size="xs" label={t('history')} value={day} onChange={(event) => look(event.currentTarget.value)} data-testid="territory-day" />
      <Text size="xs" fw={600}>
        {t('log')}
      </Text>
      <Answered asked={asked}>
        {({ items }) => (
          <ol className="territory-log" data-testid="territory-log">
            {items.length === 0 && <li>{t('noLog')}</li>}
            {items.map((past) => (
              <li key={past.version}>
                {instantOf(past.at)} · {t(`action_${past.action}`, { defaultValue: past.action })} · {past.actor}
                {past.note && <span className="dim"> {past.note}</span>}
              </li>
            ))}
          </ol>
        )}
      </Answered>
    </>
  );
}
