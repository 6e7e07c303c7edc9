/** Publications at the left, the chosen one or a new draft beside them. */
import { Badge, Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { momentOf } from '../format/moments';
import { wordsIn } from '../public/party/state';
import { usePages } from '../ui/list/usePages';
import { Empty } from '../ui/States';
import { NewDraft } from './Editor';
import { PublicationPane } from './PublicationPane';
import { Split } from './Split';
import { STATES, type Publication, type PublicationState } from './types';

const PAUSE_MS = 300;
const COLOURS: Record<PublicationState, string> = { draft: 'gray', submitted: 'orange', approved: 'cyan', published: 'teal', withdrawn: 'red' };
const to = (id?: string) => pathOf('party', id === undefined ? ['publications'] : ['publications', id]);

export function Publications({ rest }: { rest: readonly string[] }) {
  const { t } = useTranslation('partyDesk');
  const [state, setState] = useState<PublicationState | null>(null);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const pages = usePages<Publication>('/publications', { state, q: asked || undefined });
  const chosen = rest[0];
  return (
    <Split
      label={t('publications')} pages={pages} row={(one) => <Row one={one} current={one.id === chosen} />} nothing={t('nothing')} hint={t('nothingHint')}
      tools={
        <>
          <TextInput aria-label={t('search')} placeholder={t('search')} type="search" maxLength={100} value={text} onChange={(event) => setText(event.currentTarget.value)} data-search />
          <Select aria-label={t('state')} placeholder={t('all')} clearable data={STATES.map((value) => ({ value, label: t(value) }))} value={state} onChange={(value) => setState(value as PublicationState | null)} clearButtonProps={{ 'aria-label': t('all') }} />
          <Button onClick={() => goTo(to('new'))} data-testid="new-draft">
            {t('newDraft')}
          </Button>
        </>
      }
    >
      {chosen === undefined ? (
        <Empty hint={t('chooseHint')}>{t('choose')}</Empty>
      ) : chosen === 'new' ? (
        <NewDraft done={(id) => (pages.again(), goTo(to(id)))} cancel={() => goTo(to())} />
      ) : (
        <PublicationPane key={chosen} id={chosen} onChange={pages.again} />
      )}
    </Split>
  );
}

function Row({ one, current }: { one: Publication; current: boolean }) {
  const { t, i18n } = useTranslation('partyDesk');
  const title = wordsIn(i18n.language, one.title_en, one.title_zh);
  return (
    <a href={to(one.id)} className="party-row" aria-current={current || undefined} data-testid="publication-row" onClick={(event) => (event.preventDefault(), goTo(to(one.id)))}>
      <b lang={title.lang}>{title.text}</b>
      <span className="dim">
        {t(one.section)} · {one.organisation_name} · {momentOf(one.created_at)}
      </span>
      <StateBadge state={one.state} />
    </a>
  );
}

export function StateBadge({ state }: { state: PublicationState }) {
  const { t } = useTranslation('partyDesk');
  return (
    <Badge variant="light" color={COLOURS[state]} data-testid="publication-state" data-state={state}>
      {t(state)}
    </Badge>
  );
}
