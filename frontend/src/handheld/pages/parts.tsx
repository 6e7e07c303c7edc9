/** Small parts that several pages use. */
import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { nameIn } from '../../i18n';
import { goTo, type PageName } from '../route';
import type { Incident } from '../types';

/** A page's title with the way back. */
export function Heading({ children, back, backId }: { children: ReactNode; back?: PageName; backId?: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={8} mb={10} wrap="nowrap">
      {back && (
        <Button variant="default" px={10} aria-label={t('back')} onClick={() => goTo(back, backId)}>
          <IconArrowLeft size={18} aria-hidden />
        </Button>
      )}
      <Title order={1} size="h3">
        {children}
      </Title>
    </Group>
  );
}

const COLOURS: Record<number, string> = { 1: '#c2153b', 2: '#9a4a00', 3: '#0b6577', 4: '#4b5966' };

export function Priority({ incident }: { incident: Pick<Incident, 'priority' | 'drill'> }) {
  const { t } = useTranslation('handheld');
  return (
    <>
      <Badge color={COLOURS[incident.priority] ?? COLOURS[3]!} c="#ffffff" radius="sm">
        {t(`priority_${incident.priority}`)}
      </Badge>
      {incident.drill && (
        <Badge variant="outline" color="gray" c="inherit" radius="sm">
          {t('drill')}
        </Badge>
      )}
    </>
  );
}

export function KindName({ incident }: { incident: Pick<Incident, 'kind_en' | 'kind_zh'> }) {
  const { i18n } = useTranslation();
  return <>{nameIn(i18n.language, incident.kind_en, incident.kind_zh)}</>;
}

/** A link within the handheld. */
export function To({ page, id, className, testId, children, ...more }: { page: PageName; id?: string; className?: string; testId?: string; children: ReactNode } & Record<`data-${string}`, unknown>) {
  return (
    <button type="button" className={className} data-testid={testId} onClick={() => goTo(page, id)} {...more}>
      {children}
    </button>
  );
}

export const Dim = ({ children }: { children: ReactNode }) => (
  <Text size="sm" c="dimmed" component="div">
    {children}
  </Text>
);
