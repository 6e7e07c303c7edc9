/** How many people, houses, … there are now. */
import { Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Stock({ counts }: { counts: Record<string, number> }) {
  const { t } = useTranslation('statistics');
  return (
    <Card withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('stock')}
      </Title>
      <Group gap="xl">
        {Object.entries(counts).map(([name, count]) => (
          <span key={name}>
            <Text span size="sm" c="dimmed">
              {t(name)}{' '}
            </Text>
            <Text span fw={600}>
              {count.toLocaleString('en')}
            </Text>
          </span>
        ))}
      </Group>
    </Card>
  );
}
