/** Investigation and registration: a household, and every form that a member may fill in. */
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconClipboardSearch, IconHomePlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { nameIn } from '../../i18n';
import { stillDue } from '../registry/due';
import { refreshGround } from '../registry/ground';
import '../registry/words';
import { useHandheld } from '../store';
import { Dim, Heading, To } from './parts';

export function Registry() {
  const { t, i18n } = useTranslation('field');
  const words = useTranslation('handheld').t;
  const { forms, ground, due, outbox } = useHandheld();
  const open = stillDue(due, outbox);
  useEffect(() => void refreshGround().catch(() => undefined), []); // without a network what is kept stays
  const mine = forms.filter((one) => one.fillers.includes('member'));
  return (
    <>
      <Heading back="report">{words('registry')}</Heading>
      <Stack gap={10}>
        <To page="household" className="card" testId="register-household">
          <Group wrap="nowrap">
            <IconHomePlus size={28} aria-hidden />
            <div>
              <Text fw={650}>{t('registerHousehold')}</Text>
              <Dim>{t('registerHint')}</Dim>
            </div>
          </Group>
        </To>
        <To page="inspections" className="card" testId="inspections">
          <Group wrap="nowrap" justify="space-between">
            <Group wrap="nowrap">
              <IconClipboardSearch size={28} aria-hidden />
              <Text fw={650}>{t('inspections')}</Text>
            </Group>
            {open.length > 0 && (
              <Badge size="lg" color="#c2153b" c="#ffffff" circle>
                {open.length}
              </Badge>
            )}
          </Group>
        </To>
      </Stack>
      <Title order={2} size="h5" mt="md" mb={8}>
        {t('fillForm')}
      </Title>
      {mine.length === 0 && <Dim>{t('noForms')}</Dim>}
      <div className="tiles">
        {mine.map((one) => (
          <To key={one.code} page="form" id={one.code} className="card" testId={`form-${one.code}`}>
            <Text fw={650}>{nameIn(i18n.language, one.title_en, one.title_zh)}</Text>
          </To>
        ))}
      </div>
      <Group justify="space-between" mt="md">
        <span data-testid="ground">
          <Dim>{ground ? t('groundAt', { when: momentOf(ground.at) }) : t('noGround')}</Dim>
        </span>
        <Button variant="subtle" size="compact-sm" onClick={() => void refreshGround(true).catch(() => undefined)}>
          {t('refreshGround')}
        </Button>
      </Group>
    </>
  );
}
