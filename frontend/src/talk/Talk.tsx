/** The intercom: channels at the left, what is said in the middle, who takes part at the right. */
import { Badge, Button, Group, Select, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CALLERS } from '../app/roles';
import { goTo, pathOf, useRoute } from '../app/route';
import '../desk/desk.css';
import { isOpen } from '../desk/state';
import { useDesk } from '../desk/store';
import { useDeed } from '../desk/useDeed';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { ChannelView } from './ChannelView';
import { Participants } from './Participants';
import { useTalk } from './store';
import './talk.css';
import './words';

export default function Talk() {
  const { t } = useTranslation('talk');
  const { rest } = useRoute();
  const channel = rest[0];
  const load = useTalk((state) => state.load);
  const some = useTalk((state) => state.talk.channels.size > 0);
  const asked = useAsked(load, [load]);
  return (
    <div className="talk" data-testid="talk">
      <section aria-label={t('channels')} className="talk-side">
        <Answered asked={asked}>{() => null}</Answered>
        <Channels open={channel} />
      </section>
      {channel ? <ChannelView key={channel} channel={channel} /> : <Empty hint={t('noChannelsHint')}>{t(some ? 'choose' : 'noChannels')}</Empty>}
      {channel && <Participants key={`p${channel}`} channel={channel} />}
    </div>
  );
}

function Channels({ open }: { open: string | undefined }) {
  const { t } = useTranslation('talk');
  const { talk } = useTalk();
  const [making, setMaking] = useState(false);
  const role = useStore((state) => state.me?.role ?? '');
  const organisations = useStore((state) => state.organisations);
  const names = useMemo(() => new Map(organisations.map((one) => [one.id, one.name])), [organisations]);
  return (
    <>
      <Group justify="space-between" p={12}>
        <Title order={2} size="h5">
          {t('channels')}
        </Title>
        {CALLERS.has(role) && (
          <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} aria-expanded={making} onClick={() => setMaking(!making)} data-testid="new-channel">
            {t('newChannel')}
          </Button>
        )}
      </Group>
      {making && <NewChannel done={() => setMaking(false)} />}
      <div className="scroll">
        {[...talk.channels.values()].map((one) => (
          <button key={one.id} type="button" className="incident" aria-current={one.id === open} onClick={() => goTo(pathOf('talk', [one.id]))} data-testid="channel-row">
            <span className="grow">
              <b>{one.name}</b>
              <span className="dim">
                {names.get(one.organisation) ?? one.organisation} {one.incident ? `· ${t('forIncident')} ${one.incident}` : one.everyone ? `· ${t('everyone')}` : ''}
              </span>
            </span>
            {(talk.unheard.get(one.id) ?? 0) > 0 && <Badge color="red">{talk.unheard.get(one.id)}</Badge>}
          </button>
        ))}
      </div>
    </>
  );
}

function NewChannel({ done }: { done: () => void }) {
  const { t } = useTranslation('talk');
  const { t: common } = useTranslation();
  const organisations = useStore((state) => state.organisations);
  const incidents = useDesk((state) => state.desk.incidents);
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState<string | null>(useStore.getState().me?.organisation.id ?? null);
  const [incident, setIncident] = useState<string | null>(null);
  const { busy, run } = useDeed();
  const choices = useMemo(() => organisations.map((one) => ({ value: one.id, label: one.name })), [organisations]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!organisation) return;
    await run(async () => {
      const made = await api.open({ name, organisation, incident });
      useTalk.getState().know(made);
      done();
      goTo(pathOf('talk', [made.id]));
    });
  }

  return (
    <form onSubmit={(event) => void submit(event)} style={{ padding: '0 12px 12px', display: 'grid', gap: 8 }}>
      <TextInput size="xs" label={common('name')} value={name} required onChange={(event) => setName(event.currentTarget.value)} data-testid="channel-name" />
      <Select size="xs" label={common('organisation')} searchable limit={50} data={choices} value={organisation} onChange={setOrganisation} allowDeselect={false} />
      <Select size="xs" label={t('forIncident')} clearable data={[...incidents.values()].filter(isOpen).map((one) => one.id)} value={incident} onChange={setIncident} />
      <Button type="submit" size="compact-sm" loading={busy} data-testid="open-channel">
        {t('open')}
      </Button>
    </form>
  );
}

