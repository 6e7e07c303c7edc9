/** The text of a publication, in both languages side by side. */
import { Button, Checkbox, Group, Select, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { useDeed } from '../desk/useDeed';
import '../desk/words';
import { OrganisationChoice } from '../service/OrganisationChoice';
import { useStore } from '../state/store';
import * as api from './api';
import { EMPTY, isWhole, written } from './state';
import { SECTIONS, type Draft, type NewsSection } from './types';

const LANGUAGES = ['en', 'zh'] as const;

interface EditorProps {
  draft: Draft;
  /** True when it was kept. */
  save: (draft: Draft) => Promise<boolean>;
  cancel: () => void;
}

export function Editor({ draft, save, cancel }: EditorProps) {
  const { t } = useTranslation('partyDesk');
  const [said, setSaid] = useState(draft);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await save(said);
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void send(event)} className="party-editor" data-testid="publication-editor">
      <Group>
        <Select label={t('section')} data={SECTIONS.map((value) => ({ value, label: t(value) }))} value={said.section} onChange={(section) => section && setSaid({ ...said, section: section as NewsSection })} allowDeselect={false} />
        <Checkbox mt={24} label={t('pinned')} checked={said.pinned} onChange={(event) => setSaid({ ...said, pinned: event.currentTarget.checked })} />
      </Group>
      <div className="party-languages">
        {LANGUAGES.map((one) => (
          <div key={one} lang={one}>
            <TextInput label={t(`title_${one}`)} maxLength={160} value={said[`title_${one}`] ?? ''} onChange={(event) => setSaid({ ...said, [`title_${one}`]: written(event.currentTarget.value) })} data-testid={`title-${one}`} />
            <Textarea label={t(`body_${one}`)} autosize minRows={9} maxRows={22} maxLength={20_000} value={said[`body_${one}`] ?? ''} onChange={(event) => setSaid({ ...said, [`body_${one}`]: written(event.currentTarget.value) })} data-testid={`body-${one}`} />
          </div>
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {t(isWhole(said) ? 'markup' : 'oneLanguage')}
      </Text>
      <Group>
        <Button type="submit" loading={busy} disabled={!isWhole(said)} data-testid="save-draft">
          {t('save')}
        </Button>
        <Button variant="subtle" onClick={cancel}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}

export function NewDraft({ done, cancel }: { done: (id: string) => void; cancel: () => void }) {
  const { t } = useTranslation('partyDesk');
  const mine = useStore((state) => state.me?.organisation.id ?? null);
  const [organisation, setOrganisation] = useState<string | null>(mine);
  const { run } = useDeed();
  const key = useRef(newKey());
  const save = (draft: Draft) => run(async () => done((await api.begin(organisation ?? '', draft, key.current)).id), t('done_save'));
  return (
    <article className="party-pane">
      <Title order={3} size="h4">
        {t('newDraft')}
      </Title>
      <OrganisationChoice label={t('organisation')} value={organisation} onChange={setOrganisation} allowDeselect={false} />
      <Editor draft={EMPTY} save={save} cancel={cancel} />
    </article>
  );
}
