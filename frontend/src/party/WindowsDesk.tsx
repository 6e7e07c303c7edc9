/** The windows of a hall: who is called where, what comes next, numbers given out by hand, and those who did not come. */
import { Anchor, Badge, Button, Group, Menu, Modal, Select, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { goTo, pathOf, useRoute } from '../app/route';
import { useDeed } from '../desk/useDeed';
import '../desk/words';
import { timeOf } from '../format/moments';
import { nameIn } from '../i18n';
import { minutesOf } from '../public/party/state';
import { useLatest } from '../public/party/useLatest';
import { useStore } from '../state/store';
import { Answered, Empty, Fault } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { useRegularly } from '../ui/useRegularly';
import * as api from './api';
import { SetUp } from './SetUp';
import { stepsOf, type WindowDeed } from './state';
import type { Hall, QueueService, QueueTicket, QueueWindow, Taken } from './types';

const EVERY_MS = 3_000;
const MANAGERS = new Set(['administrator', 'commander']);

export function WindowsDesk() {
  const { t } = useTranslation('partyDesk');
  const { query } = useRoute();
  const halls = useAsked(api.halls, []);
  const manages = useStore((state) => MANAGERS.has(state.me?.role ?? ''));
  const [settingUp, setSettingUp] = useState(false);
  const hall = query.hall ?? halls.data?.[0]?.id ?? null;
  const choose = (id: string | null) => id && goTo(pathOf('party', ['windows'], { hall: id }), true);
  return (
    <div className="party-windows">
      <Group align="end">
        <Select label={t('hall')} data={(halls.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={hall} onChange={choose} searchable allowDeselect={false} data-testid="hall-choice" />
        {manages && (
          <Button variant="default" onClick={() => setSettingUp(!settingUp)} aria-expanded={settingUp} data-testid="set-up">
            {t('setUp')}
          </Button>
        )}
        {hall && halls.data?.length ? (
          <Anchor href={`/public/windows/${hall}/screen`} target="_blank" size="sm" pb={8}>
            {t('screen')}
          </Anchor>
        ) : null}
      </Group>
      {halls.problem && <Fault problem={halls.problem} again={halls.again} />}
      {settingUp && <SetUp hall={hall} done={(id) => (halls.again(), choose(id))} />}
      {hall !== null && halls.data?.some((one) => one.id === hall) ? <HallDesk key={hall} hall={hall} /> : halls.data && !settingUp && <Empty hint={t('noHallHint')}>{t('noHall')}</Empty>}
    </div>
  );
}

function HallDesk({ hall }: { hall: string }) {
  const { t } = useTranslation('partyDesk');
  const asked = useAsked(() => Promise.all([api.windows(hall), api.services(hall), api.missed(hall)]), [hall]);
  const picture = useLatest<Hall>(`/public/halls/${encodeURIComponent(hall)}`, EVERY_MS);
  useRegularly(asked.again, EVERY_MS);
  return (
    <Answered asked={asked}>
      {([windows, services, missed]) => (
        <>
          <div className="party-services">
            {services.toSorted((a, b) => a.letter.localeCompare(b.letter)).map((one) => (
              <ServiceCard key={one.id} one={one} now={picture.data?.services.find((found) => found.id === one.id)} onChange={asked.again} />
            ))}
          </div>
          <div className="party-desks">
            {windows.toSorted((a, b) => a.name.localeCompare(b.name)).map((one) => (
              <WindowCard key={one.id} one={one} services={services} onChange={asked.again} />
            ))}
          </div>
          {missed.length > 0 && (
            <section>
              <Title order={3} size="h6">
                {t('missed')}
              </Title>
              <Group gap={8}>
                {missed.map((one) => (
                  <Missed key={one.id} one={one} onChange={asked.again} />
                ))}
              </Group>
            </section>
          )}
        </>
      )}
    </Answered>
  );
}

function ServiceCard({ one, now, onChange }: { one: QueueService; now: Hall['services'][number] | undefined; onChange: () => void }) {
  const { t, i18n } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const manages = useStore((state) => MANAGERS.has(state.me?.role ?? ''));
  const [given, setGiven] = useState<Taken | null>(null);
  const wait = now === undefined ? '' : now.wait_s === null ? t('noWindow') : now.wait_s === 0 ? t('noWait') : t('wait', { minutes: minutesOf(now.wait_s) });
  return (
    <section className="party-card" data-testid="queue-service">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>
          {one.letter} · {nameIn(i18n.language, one.name_en, one.name_zh)}
        </Text>
        <Badge variant="light" color={now?.waiting ? 'orange' : 'gray'}>
          {t('waits', { count: now?.waiting ?? 0 })}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {wait}
      </Text>
      <Group gap={8}>
        <Button size="xs" variant="light" loading={busy} disabled={!one.taking} onClick={() => void run(async () => setGiven(await api.give(one.id, newKey()))).then(onChange)} data-testid="give">
          {t('give')}
        </Button>
        {manages && (
          <Button size="xs" variant="subtle" onClick={() => void run(() => api.changeService(one.id, one.version, { taking: !one.taking }), t('done_save')).then(onChange)}>
            {t(one.taking ? 'stop' : 'start')}
          </Button>
        )}
      </Group>
      <Modal opened={given !== null} onClose={() => setGiven(null)} title={t('given')}>
        {given && (
          <div className="party-slip">
            <b>{given.label}</b>
            <Text>{nameIn(i18n.language, given.name_en, given.name_zh)}</Text>
            <Text size="sm" c="dimmed">
              {t('code')}: {given.code}
            </Text>
            <Button onClick={() => print()}>{t('print')}</Button>
          </div>
        )}
      </Modal>
    </section>
  );
}

function WindowCard({ one, services, onChange }: { one: QueueWindow; services: readonly QueueService[]; onChange: () => void }) {
  const { t, i18n } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const act = (work: () => Promise<unknown>) => void run(work).then(onChange);
  const step = (deed: WindowDeed, also: object = {}) => act(() => api.step(one.ticket!, deed, one.ticket_version, also));
  const isOpen = one.state === 'open';
  return (
    <section className="party-card window" data-state={one.state} data-testid="window">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>{one.name}</Text>
        <Button size="compact-xs" variant="subtle" loading={busy} disabled={one.ticket !== null} onClick={() => act(() => api.turn(one.id, isOpen ? 'close' : 'open', one.version))} data-testid="turn">
          {t(isOpen ? 'closeWindow' : 'openWindow')}
        </Button>
      </Group>
      <div className="party-now" data-testid="window-now">
        {one.label ?? <span>{t(isOpen ? 'free' : 'closed')}</span>}
      </div>
      <Text size="sm" c="dimmed">
        {one.ticket_state === 'called' || one.ticket_state === 'serving' ? `${t(`s_${one.ticket_state}`)} ${timeOf(one.serving_at ?? one.called_at!)}${(one.calls ?? 0) > 1 ? ` · ${t('timesCalled', { count: one.calls })}` : ''}` : one.operator ? t('operator', { name: one.operator }) : ' '}
      </Text>
      <Group gap={6}>
        {isOpen && one.ticket === null && (
          <Button size="xs" loading={busy} onClick={() => act(() => api.call(one.id))} data-testid="call-next">
            {t('call')}
          </Button>
        )}
        {stepsOf(one).map((deed) =>
          deed === 'transfer' ? (
            <Menu key={deed}>
              <Menu.Target>
                <Button size="xs" variant="default" loading={busy}>
                  {t('transfer')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{t('transferTo')}</Menu.Label>
                {services.map((service) => (
                  <Menu.Item key={service.id} onClick={() => step('transfer', { service: service.id })}>
                    {nameIn(i18n.language, service.name_en, service.name_zh)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : (
            <Button key={deed} size="xs" loading={busy} variant={deed === 'serve' || deed === 'finish' ? 'filled' : 'default'} onClick={() => step(deed)} data-testid={`ticket-${deed}`}>
              {t(deed)}
            </Button>
          ),
        )}
      </Group>
    </section>
  );
}

function Missed({ one, onChange }: { one: QueueTicket; onChange: () => void }) {
  const { t } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  return (
    <Button size="xs" variant="default" loading={busy} onClick={() => void run(() => api.step(one.id, 'return', one.version)).then(onChange)}>
      {one.label}: {t('returns')}
    </Button>
  );
}
