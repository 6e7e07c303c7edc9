/** What stands out, in sentences, each a way to what it is about. */
import { Card, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Choose } from './state';
import type { Highlight } from './types';

export function Highlights({ items, choose }: { items: Highlight[]; choose: Choose }) {
  const { t, i18n } = useTranslation('statistics');
  return (
    <Card withBorder p="sm" data-testid="highlights">
      <Title order={3} size="h6" mb={4}>
        {t('highlights')}
      </Title>
      {items.length === 0 && <Text size="sm">{t('nothingStandsOut')}</Text>}
      <ul className="highlights">
        {items.map((one) => (
          <li key={`${one.about} ${one.subject} ${one.text_en}`} data-more={one.value > one.usual}>
            <span aria-hidden>{one.value > one.usual ? '▲' : '▼'}</span>
            <button type="button" onClick={() => choose(one.about === 'kind' ? { kind: one.subject } : { organisation: one.subject })}>
              {i18n.language === 'zh' ? one.text_zh : one.text_en}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

