/** Surveys: written question by question, opened to everybody, counted, closed with a conclusion. */
import { Badge, Button, Checkbox, Group, Select, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { goTo, pathOf } from '../app/route';
import { useDeed } from '../desk/useDeed';
import { usePages } from '../ui/list/usePages';
import '../desk/words';
import { nameIn } from '../i18n';
import { Results } from '../public/party/Results';
import { OrganisationChoice } from '../service/OrganisationChoice';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { Split } from './Split';
import { questionsOf, type Written } from './state';
import type { DeskSurvey, SurveyDetail } from './types';

const KINDS = ['single', 'multiple', 'scale', 'text'] as const;
const BLANK: Written = { kind: 'single', text_en: '', text_zh: '', options: '', required: true };
const to = (id?: string) => pathOf('party', id === undefined ? ['surveys'] : ['surveys', id]);

export function Surveys({ rest }: { rest: readonly string[] }) {
  const { t } = useTranslation('partyDesk');
  const pages = usePages<DeskSurvey>('/surveys', {});
  const chosen = rest[0];
  return (
    <Split
      label={t('surveys')} pages={pages} row={(one) => <Row one={one} current={one.id === chosen} />} nothing={t('noSurveys')} hint={t('noSurveysHint')}
      tools={
        <Button onClick={() => goTo(to('new'))} data-testid="new-survey">
          {t('newSurvey')}
        </Button>
      }
    >
      {chosen === 'new' ? <NewSurvey done={(id) => (pages.again(), goTo(to(id)))} /> : chosen !== undefined ? <One key={chosen} id={chosen} onChange={pages.again} /> : <Empty hint={t('noSurveysHint')}>{t('surveys')}</Empty>}
    </Split>
  );
}

function Row({ one, current }: { one: DeskSurvey; current: boolean }) {
  const { t, i18n } = useTranslation('partyDesk');
  return (
    <a href={to(one.id)} className="party-row" aria-current={current || undefined} data-testid="survey-row" onClick={(event) => (event.preventDefault(), goTo(to(one.id)))}>
      <b>{nameIn(i18n.language, one.title_en, one.title_zh)}</b>
      <span className="dim">
        {one.organisation_name} · {t('answersOf', { count: one.answers })}
      </span>
      <Badge variant="light" color={one.state === 'open' ? 'teal' : 'gray'}>
        {t(`sv_${one.state}`)}
      </Badge>
    </a>
  );
}

function One({ id, onChange }: { id: string; onChange: () => void }) {
  const asked = useAsked(() => api.survey(id), [id]);
  return (
    <article className="party-pane party-survey" aria-label={id}>
      <Answered asked={asked}>{(one) => <Shown one={one} onChange={() => (asked.again(), onChange())} />}</Answered>
    </article>
  );
}

function Shown({ one, onChange }: { one: SurveyDetail; onChange: () => void }) {
  const { t, i18n } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const [conclusion, setConclusion] = useState('');
  const turn = (deed: 'open' | 'close', also: object = {}) => void run(() => api.turnSurvey(one.id, deed, one.version, also), t('done_save')).then(onChange);
  return (
    <>
      <Title order={3} size="h4">
        {nameIn(i18n.language, one.title_en, one.title_zh)}
      </Title>
      <Text className="party-wrap">{nameIn(i18n.language, one.about_en, one.about_zh)}</Text>
      {one.state === 'draft' && (
        <Button loading={busy} onClick={() => turn('open')} data-testid="survey-open">
          {t('openSurvey')}
        </Button>
      )}
      <Results found={one} />
      {Object.entries(one.words).map(([code, words]) => (
        <section key={code}>
          <Title order={4} size="h6">
            {t('inWords')}: {nameIn(i18n.language, one.questions.find((question) => question.code === code)?.text_en ?? code, one.questions.find((question) => question.code === code)?.text_zh ?? null)}
          </Title>
          <ul>
            {words.map((word, n) => (
              <li key={n} className="party-wrap">
                {word}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {one.state === 'open' && (
        <form onSubmit={(event) => (event.preventDefault(), turn('close', { text: conclusion.trim() }))}>
          <Textarea label={t('conclusion')} required autosize minRows={2} maxLength={2_000} value={conclusion} onChange={(event) => setConclusion(event.currentTarget.value)} />
          <Button type="submit" size="xs" mt={8} loading={busy} disabled={!conclusion.trim()}>
            {t('closeSurvey')}
          </Button>
        </form>
      )}
    </>
  );
}

function NewSurvey({ done }: { done: (id: string) => void }) {
  const { t } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const mine = useStore((state) => state.me?.organisation.id ?? null);
  const [organisation, setOrganisation] = useState<string | null>(mine);
  const [said, setSaid] = useState({ title_en: '', title_zh: '', about_en: '', about_zh: '' });
  const [written, setWritten] = useState<Written[]>([BLANK]);
  const key = useRef(newKey());
  const questions = questionsOf(written);
  const change = (n: number, to: Partial<Written>) => setWritten(written.map((one, m) => (m === n ? { ...one, ...to } : one)));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (organisation && questions) void run(async () => done((await api.addSurvey(organisation, { ...said, questions }, key.current)).id), t('done_save'));
  };
  return (
    <form className="party-pane" onSubmit={send} data-testid="survey-editor">
      <OrganisationChoice label={t('organisation')} value={organisation} onChange={setOrganisation} allowDeselect={false} />
      <div className="party-languages">
        {(['en', 'zh'] as const).map((language) => (
          <div key={language} lang={language}>
            <TextInput label={t(`title_${language}`)} required maxLength={120} value={said[`title_${language}`]} onChange={(event) => setSaid({ ...said, [`title_${language}`]: event.currentTarget.value })} />
            <Textarea label={t(`about_${language}`)} autosize minRows={2} maxLength={2_000} value={said[`about_${language}`]} onChange={(event) => setSaid({ ...said, [`about_${language}`]: event.currentTarget.value })} />
          </div>
        ))}
      </div>
      {written.map((one, n) => (
        <fieldset key={n} className="party-card">
          <legend>{t('question', { n: n + 1 })}</legend>
          <Group align="end">
            <Select label={t('kind')} data={KINDS.map((value) => ({ value, label: t(value) }))} value={one.kind} onChange={(kind) => kind && change(n, { kind: kind as Written['kind'] })} allowDeselect={false} />
            <Checkbox label={t('required')} checked={one.required} onChange={(event) => change(n, { required: event.currentTarget.checked })} pb={8} />
          </Group>
          <TextInput label={t('text_en')} required maxLength={200} value={one.text_en} onChange={(event) => change(n, { text_en: event.currentTarget.value })} />
          <TextInput label={t('text_zh')} required maxLength={200} value={one.text_zh} onChange={(event) => change(n, { text_zh: event.currentTarget.value })} />
          {(one.kind === 'single' || one.kind === 'multiple') && <Textarea label={t('options')} required autosize minRows={3} value={one.options} onChange={(event) => change(n, { options: event.currentTarget.value })} />}
        </fieldset>
      ))}
      <Group>
        <Button variant="default" disabled={written.length >= 30} onClick={() => setWritten([...written, BLANK])}>
          {t('addQuestion')}
        </Button>
        <Button type="submit" loading={busy} disabled={questions === null || organisation === null} data-testid="survey-save">
          {t('save')}
        </Button>
      </Group>
    </form>
  );
}
