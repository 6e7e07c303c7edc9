/** Whether somebody is on duty. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Duty({ on }: { on: boolean }) {
  const { t } = useTranslation('admin');
  return (
    <Badge variant={on ? 'light' : 'outline'} color={on ? 'teal' : 'gray'}>
      {t(on ? 'onDuty' : 'offDuty')}
    </Badge>
  );
}
