/** Where the forms of basic data will stand: the five elements, collected by members in the field. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dim, Heading } from './parts';

const FORMS = ['places', 'buildings', 'houses', 'shops', 'population', 'relief', 'party', 'union', 'family', 'labour', 'petitions', 'township', 'fire', 'cameras'];

export function Registry() {
  const { t } = useTranslation('handheld');
  return (
    <>
      <Heading back="report">{t('registry')}</Heading>
      <Alert mb="sm">{t('registryHint')}</Alert>
      <ul className="tiles" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {FORMS.map((form) => (
          <li key={form} className="card">
            <Text fw={650}>{t(`f_${form}`)}</Text>
            <Dim>{t('comesLater')}</Dim>
          </li>
        ))}
      </ul>
    </>
  );
}
