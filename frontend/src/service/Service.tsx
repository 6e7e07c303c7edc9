/** The service desk: requests of citizens at the left, the chosen one beside them. Filters and choice stand in the address. */
import { Select, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../admin/list/usePages';
import { goTo, pathOf, useRoute } from '../app/route';
import { addWords } from '../i18n';
import { Empty } from '../ui/States';
import { OrganisationChoice } from './OrganisationChoice';
import { RequestList } from './RequestList';
import { RequestPane } from './RequestPane';
import { addressOf, choiceOf, questionOf, type Choice } from './state';
import { KINDS, STATES, type CitizenRequest } from './types';
import { useRegularly } from './useRegularly';
import './service.css';
import { en, zh } from './words';

addWords('service', { en, zh });

const PAUSE_MS = 300;
const AGAIN_MS = 15_000;
/** A list that was scrolled further than its first page is left alone: asked again, it would start anew. */
const FIRST_PAGE = 200;

export default function Service() {
  const { t } = useTranslation('service');
  const { rest, query } = useRoute();
  const id = rest[0] === 'requests' ? (rest[1] ?? null) : null;
  const choice = choiceOf(query);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const pages = usePages<CitizenRequest>('/requests', questionOf(choice, asked));
  const to = (chosen: string | null) => pathOf('service', chosen === null ? [] : ['requests', chosen], addressOf(choice));
  const choose = (change: Partial<Choice>) => goTo(pathOf('service', id === null ? [] : ['requests', id], addressOf({ ...choice, ...change })), true);
  useRegularly(() => pages.rows.length <= FIRST_PAGE && !pages.busy && pages.again(), AGAIN_MS);
  return (
    <div className={id === null ? 'service' : 'service chosen'} data-testid="service">
      <section className="service-list" aria-label={t('requests')}>
        <header>
          <Title order={2} size="h4">
            {t('requests')}
          </Title>
          <TextInput aria-label={t('search')} placeholder={t('search')} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={100} type="search" data-search data-testid="service-search" />
          <div className="service-filters" role="group" aria-label={t('filters')}>
            <Select aria-label={t('state')} data={(['open', 'all', ...STATES] as const).map((value) => ({ value, label: t(value) }))} value={choice.state} onChange={(state) => choose({ state: (state ?? 'open') as Choice['state'] })} allowDeselect={false} data-testid="service-state" />
            <Select aria-label={t('kind')} placeholder={t('everyKind')} data={KINDS.map((value) => ({ value, label: t(value) }))} value={choice.kind ?? null} onChange={(kind) => choose({ kind: kind ?? undefined })} clearable clearButtonProps={{ 'aria-label': t('clear') }} />
          </div>
          <OrganisationChoice aria-label={t('organisation')} placeholder={t('everyOrganisation')} value={choice.organisation ?? null} onChange={(organisation) => choose({ organisation: organisation ?? undefined })} clearable />
        </header>
        <RequestList pages={pages} chosen={id} to={to} plain={choice.state === 'open' && !choice.kind && !choice.organisation && !asked.trim()} />
      </section>
      {id === null ? (
        <div className="service-nothing">
          <Empty hint={t('chooseOneHint')}>{t('chooseOne')}</Empty>
        </div>
      ) : (
        <RequestPane key={id} id={id} back={to(null)} onChange={pages.again} />
      )}
    </div>
  );
}
