/** Which reports are made when; who may have one made of what is chosen above. */
import { Badge, Button, Card, Group, NumberInput, Select, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, patch, post, remove, type Page } from '../../api/request';
import { useDeed } from '../../desk/useDeed';
import { useStore } from '../../state/store';
import { Answered, Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import type { Choice } from '../state';
import { EVERY, type Draft, type Schedule } from './types';

interface Props {
  choice: Choice;
  may: boolean;
  changed(): void;
}

export function Schedules({ choice, may, changed }: Props) {
  const { t } = useTranslation('reports');
  const asked = useAsked(() => get<Page<Schedule>>('/reports/schedules', { limit: 200 }), []);
  const done = () => {
    asked.again();
    changed();
  };
  return (
    <Card withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('schedules')}
      </Title>
      {may && <NewSchedule choice={choice} done={done} />}
      <Answered asked={asked}>
        {({ items }) => (items.length === 0 ? <Empty hint={may ? t('noSchedulesHint') : undefined}>{t('noSchedules')}</Empty> : items.map((one) => <Line key={one.id} one={one} may={may} done={done} />))}
      </Answered>
    </Card>
  );
}

function NewSchedule({ choice, done }: { choice: Choice; done(): void }) {
  const { t, i18n } = useTranslation('reports');
  const own = useStore((state) => state.me?.organisation.id ?? '');
  const [draft, setDraft] = useState<Omit<Draft, 'organisation' | 'kind'>>({ name: '', every: 'week', at_hour: 6, language: i18n.language === 'zh' ? 'zh' : 'en' });
  const { busy, run } = useDeed();
  const add = async () => {
    const body = { ...draft, organisation: choice.organisation ?? own, kind: choice.kind ?? null, class: choice.class ?? null };
    if (await run(() => post('/reports/schedules', body, crypto.randomUUID()))) {
      setDraft({ ...draft, name: '' });
      done();
    }
  };
  return (
    <Group align="flex-end" gap="sm" mb="sm">
      <TextInput size="xs" label={t('name')} maxLength={200} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} w={240} />
      <Select size="xs" label={t('every')} w={110} allowDeselect={false} value={draft.every} onChange={(every) => setDraft({ ...draft, every: every as Draft['every'] })} data={EVERY.map((value) => ({ value, label: t(value) }))} />
      <NumberInput size="xs" label={t('atHour')} w={90} min={0} max={23} suffix=":00" value={draft.at_hour} onChange={(hour) => setDraft({ ...draft, at_hour: Number(hour) })} />
      <Select size="xs" label={t('language')} w={110} allowDeselect={false} value={draft.language} onChange={(language) => setDraft({ ...draft, language: language as Draft['language'] })} data={(['en', 'zh'] as const).map((value) => ({ value, label: t(value) }))} />
      <Button size="xs" loading={busy} disabled={!draft.name.trim()} onClick={() => void add()} data-testid="schedule-add">
        {t('add')}
      </Button>
    </Group>
  );
}

function Line({ one, may, done }: { one: Schedule; may: boolean; done(): void }) {
  const { t } = useTranslation('reports');
  const [asking, setAsking] = useState(false);
  const { busy, run } = useDeed();
  const act = async (deed: () => Promise<unknown>) => void ((await run(deed)) && done());
  const at = `/reports/schedules/${one.id}`;
  return (
    <Group justify="space-between" py={4} data-testid="schedule">
      <Group gap="sm">
        <Text size="sm" fw={600}>
          {one.name}
        </Text>
        <Text size="sm" c="dimmed">
          {one.organisation_name} · {t(one.every)} · {one.at_hour}:00 · {t(one.language)}
        </Text>
        <Badge variant="light" color={one.next_at ? 'teal' : 'gray'} className="chosen-kind">
          {one.next_at ? t('next', { moment: new Date(one.next_at).toLocaleString() }) : t('stopped')}
        </Badge>
      </Group>
      {may && (
        <Group gap="xs">
          <Button size="compact-xs" variant="default" loading={busy} onClick={() => void act(() => post(`${at}/make`))} data-testid="make-now">
            {t('makeNow')}
          </Button>
          <Button size="compact-xs" variant="default" loading={busy} onClick={() => void act(() => patch(at, { version: one.version, active: one.next_at === null }))}>
            {t(one.next_at ? 'stop' : 'goOn')}
          </Button>
          <Button size="compact-xs" variant={asking ? 'filled' : 'default'} color="red" loading={busy} onBlur={() => setAsking(false)} onClick={() => (asking ? void act(() => remove(at)) : setAsking(true))}>
            {t(asking ? 'sure' : 'remove')}
          </Button>
        </Group>
      )}
    </Group>
  );
}
