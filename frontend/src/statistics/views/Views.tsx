/** Saved views: one's own and shared ones, each a click away; and keeping what is shown. */
import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconTrash, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, remove, type Page } from '../../api/request';
import { currentRoute, goTo } from '../../app/route';
import { useDeed } from '../../desk/useDeed';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import type { View } from './types';
import { addressOfView, keptOf } from './views';

export function Views() {
  const { t } = useTranslation('statistics');
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpen(!open)} aria-expanded={open} data-testid="views">
          {t('views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{open && <List close={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function List({ close }: { close(): void }) {
  const { t } = useTranslation('statistics');
  const asked = useAsked(() => get<Page<View>>('/views', { limit: 200 }), []);
  const { run } = useDeed();
  const open = (view: View) => {
    goTo(addressOfView(view));
    close();
  };
  const drop = async (view: View) => void ((await run(() => remove(`/views/${view.id}`))) && asked.again());
  return (
    <Stack gap="xs">
      <Keep done={asked.again} />
      <Answered asked={asked}>
        {({ items }) => (
          <ScrollArea.Autosize mah={300}>
            {items.length === 0 && <Text size="sm">{t('noViews')}</Text>}
            {items.map((view) => (
              <Group key={view.id} justify="space-between" wrap="nowrap" gap={6} data-testid="view">
                <UnstyledButton onClick={() => open(view)} py={4}>
                  <Text size="sm">{view.name}</Text>
                  {!view.own && (
                    <Text size="xs" c="dimmed">
                      {view.by}
                    </Text>
                  )}
                </UnstyledButton>
                <Group gap={4} wrap="nowrap">
                  {view.shared && <IconUsers size={16} aria-label={t('shared')} role="img" />}
                  {view.own && (
                    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`${t('removeView')}: ${view.name}`} onClick={() => void drop(view)}>
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  )}
                </Group>
              </Group>
            ))}
          </ScrollArea.Autosize>
        )}
      </Answered>
    </Stack>
  );
}

function Keep({ done }: { done(): void }) {
  const { t } = useTranslation('statistics');
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const { busy, run } = useDeed();
  const keep = async () => {
    if (await run(() => post('/views', { ...keptOf(currentRoute()), name: name.trim(), shared }, crypto.randomUUID()))) {
      setName('');
      done();
    }
  };
  return (
    <Stack gap={6}>
      <Group gap={6} align="flex-end" wrap="nowrap">
        <TextInput size="xs" flex={1} label={t('keepView')} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} data-testid="view-name" />
        <Button size="xs" loading={busy} disabled={!name.trim()} onClick={() => void keep()} data-testid="view-keep">
          {t('keep')}
        </Button>
      </Group>
      <Checkbox size="xs" label={t('shareView')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
    </Stack>
  );
}
