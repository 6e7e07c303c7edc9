/** What came from the same number besides. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../../app/route';
import { momentOf } from '../../format/moments';
import { Go } from '../../ui/Go';
import type { Earlier } from './types';

const ROOMS = { call: 'calls', request: 'requests' } as const;

export function EarlierList({ earlier }: { earlier: readonly Earlier[] }) {
  const { t } = useTranslation('service');
  return (
    <section data-testid="earlier">
      <Title order={4} size="h6">
        {t('earlier')}
      </Title>
      {earlier.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noEarlier')}
        </Text>
      )}
      <ol className="service-log">
        {earlier.map((one) => (
          <li key={one.id}>
            <Go to={pathOf('service', [ROOMS[one.what], one.id])}>{one.subject}</Go>
            <time dateTime={one.created_at}>{momentOf(one.created_at)}</time>
            <p>
              {one.id} · {t(`${one.what}One`)} · {t(one.state)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
