/** A diary entry's photographs, small; each opens large. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../api/request';
import { useAsked } from '../ui/useAsked';
import type { Entry } from './types';
import './photographs.css';
import './words';

type Read = <T>(path: string) => Promise<T>;

export function Photographs({ entry, read }: { entry: Entry; read: Read }) {
  const { t } = useTranslation('appraisal');
  const path = `/diary/${encodeURIComponent(entry.id)}/photographs`;
  const asked = useAsked(async () => (await read<{ items: { id: string }[] }>(path)).items, [entry.id, entry.photographs]);
  if (!asked.data) return <Text size="sm">{t('photographCount', { count: entry.photographs })}</Text>;
  return (
    <div className="diary-photographs">
      {asked.data.map((one, n) => (
        <a key={one.id} href={urlOf(`${path}/${one.id}`)} target="_blank" rel="noreferrer">
          <img src={urlOf(`${path}/${one.id}`)} alt={t('photograph', { n: n + 1 })} loading="lazy" />
        </a>
      ))}
    </div>
  );
}
