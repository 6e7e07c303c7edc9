/** Name and telephone, masked until somebody says what he needs them for. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Revealed } from '../ui/Revealed';
import * as api from './api';
import type { CitizenRequest, Contact as Told } from './types';

export const Contact = ({ request, may }: { request: CitizenRequest; may: boolean }) => <ContactShown masked={request} may={may} reveal={(purpose) => api.reveal(request.id, purpose)} />;

interface Props {
  masked: Told;
  may: boolean;
  reveal: (purpose: string) => Promise<Told>;
}

export function ContactShown({ masked, may, reveal }: Props) {
  const { t } = useTranslation('service');
  const none = masked.name === null && masked.telephone === null;
  return (
    <section data-testid="request-contact">
      <Title order={4} size="h6">
        {t('contact')}
      </Title>
      {none ? (
        <Text size="sm" c="dimmed">
          {t('noContact')}
        </Text>
      ) : (
        <Revealed masked={masked} may={may} reveal={reveal}>
          {(shown, full) => (
            <dl>
              <dt>{t('name')}</dt>
              <dd>{shown.name ?? '–'}</dd>
              <dt>{t('telephone')}</dt>
              <dd>{full?.telephone ? <a href={`tel:${full.telephone.replace(/[^0-9+]/g, '')}`}>{full.telephone}</a> : (shown.telephone ?? '–')}</dd>
            </dl>
          )}
        </Revealed>
      )}
    </section>
  );
}
