/** One form: drawn as it is asked, edited, what was filled in, and its versions. */
import { Alert, Anchor, Badge, Button, Group, Table, Tabs, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { instantOf } from '../format/moments';
import { nameIn } from '../i18n';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { Editor } from './editor/Editor';
import { EntriesOfForm } from './entries/EntriesOfForm';
import { FilledForm } from './render/FilledForm';
import { StateBadge } from './Forms';
import { type Answers, type Form, READERS } from './types';

interface Props {
  code: string;
  tab: string;
  writes: boolean;
  onChange: () => void;
}

export function Detail({ code, tab, writes, onChange }: Props) {
  const asked = useAsked(() => api.versions(code), [code]);
  return (
    <article className="forms-detail" data-testid="form-detail">
      <Answered asked={asked}>{(versions) => <Shown versions={versions} tab={tab} writes={writes} onChange={() => (asked.again(), onChange())} />}</Answered>
    </article>
  );
}

function Shown({ versions, tab, writes, onChange }: { versions: Form[]; tab: string; writes: boolean; onChange: () => void }) {
  const { t, i18n } = useTranslation('forms');
  const newest = versions[0]!;
  const shown = versions.find((one) => one.state === 'published') ?? newest;
  const go = (next: string | null) => goTo(pathOf('forms', [newest.code, ...(next && next !== 'preview' ? [next] : [])]));
  return (
    <>
      <header>
        <Anchor className="forms-back" href={pathOf('forms')} size="sm" onClick={(event) => (event.preventDefault(), goTo(pathOf('forms')))}>
          <IconArrowLeft size={14} aria-hidden /> {t('back')}
        </Anchor>
        <Group gap={8}>
          <Title order={3} size="h3">
            {nameIn(i18n.language, shown.title_en, shown.title_zh)}
          </Title>
          <StateBadge state={shown.state} />
        </Group>
        <Facts form={shown} />
        {newest.state === 'draft' && shown !== newest && <Alert py={8}>{t('draftWaits', { version: newest.version })}</Alert>}
      </header>
      <Tabs value={tab} onChange={go} keepMounted={false} className="forms-tabs">
        <Tabs.List>
          {(['preview', 'edit', 'entries', 'versions'] as const).map((one) => (
            <Tabs.Tab key={one} value={one} data-testid={`forms-tab-${one}`}>
              {t(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="preview">
          <Preview form={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="edit">
          <Editor key={`${newest.id}/${newest.seen}/${newest.state}`} form={newest} writes={writes} onChange={onChange} />
        </Tabs.Panel>
        <Tabs.Panel value="entries">
          <EntriesOfForm form={shown} versions={versions} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions versions={versions} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Facts({ form }: { form: Form }) {
  const { t } = useTranslation('forms');
  const roles = (which: readonly string[]) => (which.length === READERS.length ? t('everyone') : which.map((one) => t(one)).join(', '));
  return (
    <dl className="facts forms-facts">
      <dt>{t('filledAbout')}</dt>
      <dd>{form.elements.map((one) => t(one)).join(', ')}</dd>
      <dt>{t('readers')}</dt>
      <dd data-testid="form-readers">{roles(form.readers)}</dd>
      <dt>{t('fillers')}</dt>
      <dd>{roles(form.fillers)}</dd>
    </dl>
  );
}

/** The form to be tried out. */
export function Preview({ form }: { form: Pick<Form, 'definition' | 'ui'> }) {
  const { t } = useTranslation('forms');
  const [answers, setAnswers] = useState<Answers>({});
  const [taken, setTaken] = useState(false);
  return (
    <div className="forms-preview" data-testid="form-preview">
      <Text size="sm" c="dimmed" mb="sm">
        {t('previewHint')}
      </Text>
      <FilledForm form={form} answers={answers} onChange={(next) => (setAnswers(next), setTaken(false))} onSend={() => setTaken(true)} name="preview">
        <Group>
          <Button type="submit" variant="default" data-testid="try-form">
            {t('tryIt')}
          </Button>
          {taken && (
            <Badge color="teal" variant="light" c="inherit" role="status" className="forms-badge">
              {t('wouldBeTaken')}
            </Badge>
          )}
        </Group>
      </FilledForm>
    </div>
  );
}

function Versions({ versions }: { versions: readonly Form[] }) {
  const { t } = useTranslation('forms');
  return (
    <Table verticalSpacing={8}>
      <Table.Tbody>
        {versions.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td>{t('version', { version: one.version })}</Table.Td>
            <Table.Td>
              <StateBadge state={one.state} />
            </Table.Td>
            <Table.Td>{t('questions', { count: Object.keys(one.definition.properties ?? {}).length })}</Table.Td>
            <Table.Td>{t('version_by', { name: one.by_name, when: instantOf(one.published_at ?? one.made_at) })}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
