/** A room of the service desk: its list at the left, the chosen thing or a new one beside it. Filters and choice stand in the address. */
import { Anchor, Button, Select, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowLeft, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { usePages } from '../ui/list/usePages';
import { Empty } from '../ui/States';
import { useRegularly } from '../ui/useRegularly';
import { OrganisationChoice } from './OrganisationChoice';
import { RoomList, type Row } from './RoomList';
import { addressOf, choiceOf, questionOf, type Choice } from './state';
import { useMayWork } from './useMayWork';

const PAUSE_MS = 300;
export const AGAIN_MS = 15_000;
/** A list that was scrolled further than its first page is left alone: asked again, it would start anew. */
const FIRST_PAGE = 200;
const NEW = 'new';

interface Props<T> {
  /** Its address below /service, and its title among the words; `<name>Hint` is what its list says when it is empty. */
  name: string;
  /** The API's list. */
  path: string;
  /** States beside "open" and "all", and kinds, that may be asked for. */
  states: readonly string[];
  kinds?: readonly string[];
  /** More than states: what the list is asked for by a flag of that name. */
  flags?: readonly string[];
  row: (one: T) => Row;
  /** The chosen one. onChange: the list is to be asked again. */
  pane: (id: string, onChange: () => void) => ReactNode;
  /** The form of a new one, for who works here. onMade: show it. */
  create?: (onMade: (id: string) => void) => ReactNode;
}

export function Room<T extends { id: string }>({ name, path, states, kinds = [], flags = [], row, pane, create }: Props<T>) {
  const { t } = useTranslation('service');
  const { rest, query } = useRoute();
  const may = useMayWork();
  const id = rest[1] ?? null;
  const choice = choiceOf(query, [...flags, ...states], kinds);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const pages = usePages<T>(path, questionOf(choice, asked, flags));
  const to = (chosen: string | null) => pathOf('service', chosen === null ? [name] : [name, chosen], addressOf(choice));
  const choose = (change: Partial<Choice>) => goTo(pathOf('service', id === null ? [name] : [name, id], addressOf({ ...choice, ...change })), true);
  useRegularly(() => pages.rows.length <= FIRST_PAGE && !pages.busy && pages.again(), AGAIN_MS);
  const plain = choice.state === 'open' && !choice.kind && !choice.organisation && !asked.trim();
  const made = (one: string) => {
    pages.again();
    goTo(to(one));
  };
  const organisation = { 'aria-label': t('organisation'), placeholder: t('everyOrganisation'), value: choice.organisation ?? null, clearable: true };
  return (
    <div className={id === null ? 'service' : 'service chosen'} data-testid={`room-${name}`}>
      <section className="service-list" aria-label={t(name)}>
        <header>
          <div className="service-title">
            <Title order={2} size="h4">
              {t(name)}
            </Title>
            {create && may && (
              <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => goTo(to(NEW))} data-testid="new">
                {t('new')}
              </Button>
            )}
          </div>
          <TextInput aria-label={t('search')} placeholder={t('search')} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={100} type="search" data-search data-testid="service-search" />
          <div className="service-filters" role="group" aria-label={t('filters')}>
            <Select aria-label={t('state')} data={['open', ...flags, 'all', ...states].map((value) => ({ value, label: t(value) }))} value={choice.state} onChange={(state) => choose({ state: state ?? 'open' })} allowDeselect={false} data-testid="service-state" />
            {kinds.length > 0 ? (
              <Select aria-label={t('kind')} placeholder={t('everyKind')} data={kinds.map((value) => ({ value, label: t(value) }))} value={choice.kind ?? null} onChange={(kind) => choose({ kind: kind ?? undefined })} clearable clearButtonProps={{ 'aria-label': t('clear') }} />
            ) : (
              <OrganisationChoice {...organisation} onChange={(one) => choose({ organisation: one ?? undefined })} />
            )}
          </div>
          {kinds.length > 0 && <OrganisationChoice {...organisation} onChange={(one) => choose({ organisation: one ?? undefined })} />}
        </header>
        <RoomList label={t(name)} pages={pages} chosen={id} to={to} row={row} empty={plain ? <Empty hint={t(`${name}Hint`)}>{t(`${name}None`)}</Empty> : <Empty hint={t('nothingSuitsHint')}>{t('nothingSuits')}</Empty>} />
      </section>
      {id === null ? (
        <div className="service-nothing">
          <Empty hint={t(`${name}Choose`)}>{t('chooseOne')}</Empty>
        </div>
      ) : (
        <article key={id} className="service-pane" aria-label={id === NEW ? t('new') : id} data-testid="request-pane">
          <Anchor className="service-back" href={to(null)} size="sm" onClick={(event) => (event.preventDefault(), goTo(to(null)))}>
            <IconArrowLeft size={14} aria-hidden /> {t('backToList')}
          </Anchor>
          {id === NEW ? create?.(made) : pane(id, pages.again)}
        </article>
      )}
    </div>
  );
}
