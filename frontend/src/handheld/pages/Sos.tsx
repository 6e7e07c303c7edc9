/** How the member's own cry for help goes: sent, seen, who comes; and that the danger is over. */
import { Alert, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { distance } from '../../format/units';
import { Empty } from '../../ui/States';
import { outbox } from '../service';
import { useHandheld, usePlace } from '../store';
import { SmallMap } from './Map';
import { Dim, Heading } from './parts';

export function SosPage() {
  const { t } = useTranslation('handheld');
  const { sos, outbox: items, link } = useHandheld();
  const own = usePlace();
  const waiting = items.find((item) => item.doing === 'sos');
  const isOpen = sos !== null && sos.state !== 'cleared';
  return (
    <Stack gap="md">
      <Heading back="tasks">{t('sos')}</Heading>
      {waiting && (
        <Alert color="red" role="alert" title={t('sosWaiting')} data-testid="sos-waiting">
          {waiting.refusal?.detail ?? (link === 'live' && navigator.onLine ? '' : t('sosNoNetwork'))}
        </Alert>
      )}
      {isOpen && <Progress />}
      {!waiting && sos?.state === 'cleared' && (
        <Alert role="status" data-testid="sos-cleared">
          {t('sosCleared')}
        </Alert>
      )}
      {!waiting && !sos && <Empty hint={t('holdSos')}>{t('sosNone')}</Empty>}
      {(isOpen || waiting) && <SmallMap target={null} own={own} />}
      {(isOpen || waiting) && <Cancel isSent={!waiting} />}
    </Stack>
  );
}

function Progress() {
  const { t } = useTranslation('handheld');
  const sos = useHandheld((state) => state.sos);
  if (!sos) return null;
  return (
    <>
      <Alert color="red" role="alert" title={t('sosRaised')} data-testid="sos-state" data-state={sos.state}>
        <Text>{t('sosAt', { time: momentOf(sos.raised_at) })}</Text>
        {sos.acknowledged_by && <Text fw={650}>{t('sosAcknowledged', { name: sos.acknowledged_by })}</Text>}
        {sos.assigned_by && <Text fw={650}>{t('sosAssigned', { name: sos.assigned_by })}</Text>}
      </Alert>
      {sos.nearest.length > 0 && (
        <section>
          <Title order={2} size="h5" mb={6}>
            {t('sosNearest')}
          </Title>
          {sos.nearest.map((one) => (
            <Group key={one.member} justify="space-between">
              <Text>{one.name}</Text>
              <Dim>{distance(one.metres)}</Dim>
            </Group>
          ))}
        </section>
      )}
    </>
  );
}

/** One that has not been sent is taken out of the queue; one that has is cancelled, on record. */
function Cancel({ isSent }: { isSent: boolean }) {
  const { t } = useTranslation('handheld');
  const [asking, setAsking] = useState(false);
  async function cancel(): Promise<void> {
    setAsking(false);
    const waiting = useHandheld.getState().outbox.find((item) => item.doing === 'sos');
    if (waiting) await outbox.discard(waiting.key);
    if (isSent) await outbox.add({ doing: 'cancel-sos', path: '/sos/cancel', body: {}, about: '' });
  }
  return (
    <>
      <Button size="lg" variant="default" onClick={() => setAsking(true)} data-testid="cancel-sos">
        {t('cancelSos')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('cancelSosSure')} centered closeButtonProps={{ 'aria-label': t('no') }}>
        <Group grow>
          <Button size="lg" onClick={() => void cancel()} data-testid="cancel-sos-yes">
            {t('yes')}
          </Button>
          <Button size="lg" variant="default" onClick={() => setAsking(false)}>
            {t('no')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
