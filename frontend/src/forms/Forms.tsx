/** The page of forms: those there are at the left, the chosen one beside them. The choice and its tab stand in the address. */
import { Badge, Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { nameIn } from '../i18n';
import { useStore } from '../state/store';
import { Headline } from '../ui/Headline';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { Detail } from './Detail';
import { NewForm } from './editor/NewForm';
import './forms.css';
import type { Form } from './types';
import './words';

const NEW = '+';

export default function Forms() {
  const { t } = useTranslation('forms');
  const { rest } = useRoute();
  const [code = null, tab = 'preview'] = rest;
  const writes = useStore((state) => state.me?.role === 'administrator' && state.me.organisation.key === 1);
  const asked = useAsked(() => api.forms(true), []);
  return (
    <div className={code === null ? 'forms' : 'forms chosen'} data-testid="forms">
      <section className="forms-list" aria-label={t('forms')}>
        <header>
          <Headline order={2} size="h4" title={t('forms')} hint={t('formsHint')} />
          {writes && (
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo(pathOf('forms', [NEW]))} data-testid="new-form">
              {t('newForm')}
            </Button>
          )}
        </header>
        <nav className="forms-scroll" aria-label={t('forms')}>
          <Answered asked={asked}>{(forms) => forms.map((form) => <Row key={form.code} form={form} chosen={form.code === code} />)}</Answered>
        </nav>
      </section>
      {code === null ? (
        <div className="forms-nothing">
          <Empty hint={t('chooseFormHint')}>{t('chooseForm')}</Empty>
        </div>
      ) : code === NEW ? (
        <NewForm onDone={asked.again} />
      ) : (
        <Detail key={code} code={code} tab={tab} writes={writes} onChange={asked.again} />
      )}
    </div>
  );
}

const COLOURS = { draft: 'yellow', published: 'teal', retired: 'gray' };

export function StateBadge({ state }: Pick<Form, 'state'>) {
  const { t } = useTranslation('forms');
  return (
    <Badge size="sm" variant="light" color={COLOURS[state]} c="inherit" className="forms-badge">
      {t(`state_${state}`)}
    </Badge>
  );
}

function Row({ form, chosen }: { form: Form; chosen: boolean }) {
  const { t, i18n } = useTranslation('forms');
  const to = pathOf('forms', [form.code]);
  return (
    <a href={to} aria-current={chosen ? 'true' : undefined} className="forms-row" data-testid="form-row" data-code={form.code} onClick={(event) => (event.preventDefault(), goTo(to))}>
      <span>
        <b>{nameIn(i18n.language, form.title_en, form.title_zh)}</b>
        <StateBadge state={form.state} />
      </span>
      <small>
        {form.elements.map((one) => t(one)).join(' · ')} · {t('version', { version: form.version })}
      </small>
    </a>
  );
}
