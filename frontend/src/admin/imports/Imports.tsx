/** The registry from files: checked first where one likes, all of it or nothing, every refused row shown; and as jobs, for many rows. */
import { Button, FileInput, Group, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import * as userApi from '../../api/client';
import { newKey } from '../../api/key';
import { reasonOf } from '../../api/request';
import { goTo, pathOf } from '../../app/route';
import { useStore } from '../../state/store';
import { Section } from '../../ui/list/Section';
import { usePages } from '../../ui/list/usePages';
import { Empty, Fault } from '../../ui/States';
import * as api from '../api';
import { useAt } from '../at';
import type { ImportJob, ImportReport } from '../types';
import { COLUMNS, ELEMENTS, IMPORTS, labelOf, WORK, type ImportKind } from './columns';
import { Exports } from './Exports';
import { JobPane } from './jobs/JobPane';
import { Jobs } from './jobs/Jobs';
import { MOST_AT_ONCE, partsOf } from './jobs/state';
import { upload } from './jobs/uploads';
import { Report } from './Report';

/** job: the one whose pane is open. */
const pathTo = (kind: ImportKind, job?: string): string => pathOf('admin', ['imports', kind], { job });

export default function Imports() {
  const { t } = useTranslation('admin');
  const whole = useStore((state) => state.me?.organisation.key === 1);
  return whole ? <Files /> : (
    <Section title={t('imports')} hint={t('importsHint')}>
      <Empty hint={t('importsCityHint')}>{t('importsCity')}</Empty>
    </Section>
  );
}

function Files() {
  const { t } = useTranslation('admin');
  const { id, query } = useAt();
  const kind = IMPORTS.find((one) => one === id) ?? 'members';
  const pages = usePages<ImportJob>('/import-jobs', {});
  return (
    <Section title={t('imports')} hint={t('importsHint')} pane={query.job && <JobPane key={query.job} id={query.job} onClose={() => goTo(pathTo(kind))} onChange={pages.again} />}>
      <div className="ui-scroll admin-import">
        <Import key={kind} kind={kind} />
        <Jobs pages={pages} chosen={query.job} to={(job) => pathTo(kind, job.id)} />
      </div>
    </Section>
  );
}

function Import({ kind }: { kind: ImportKind }) {
  const { t } = useTranslation('admin');
  const [file, setFile] = useState<File | null>(null);
  const [skipBad, setSkipBad] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const key = useRef(newKey());

  async function run(work: (file: File) => Promise<unknown>): Promise<void> {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    setReport(null);
    await work(file).catch((error: unknown) => setProblem(reasonOf(error)));
    setBusy(false);
  }

  async function send(chosen: File, check: boolean): Promise<void> {
    const said = await api.importFile(kind, chosen, check, skipBad);
    setReport(said);
    if (said.stored && (kind === 'organisations' || kind === 'grids')) useStore.setState({ organisations: await userApi.organisations() });
  }

  async function begin(chosen: File): Promise<void> {
    const job = await api.addImportJob(kind, chosen.name, key.current);
    key.current = newKey();
    choose(null);
    void upload(job.id, chosen);
    goTo(pathTo(kind, job.id));
  }

  function choose(chosen: File | null): void {
    setFile(chosen);
    setReport(null);
    setProblem(null);
  }

  const large = file !== null && file.size > MOST_AT_ONCE;
  const tooLarge = file !== null && partsOf(file.size) === null;
  const idle = !file || busy;
  return (
    <>
      <Stack gap="md" className="admin-import-form" onDragOver={(event) => event.preventDefault()} onDrop={(event: DragEvent) => (event.preventDefault(), choose(event.dataTransfer.files[0] ?? null))}>
        <Group grow align="flex-start">
          <KindSelect kind={kind} />
          <FileInput
            label={t('file')} description={t('fileHint')} placeholder={t('chooseFile')} accept=".csv,.xlsx,.geojson,.json" clearable value={file} onChange={choose} error={tooLarge ? t('tooLarge') : large ? t('tooLargeAtOnce') : undefined}
            leftSection={<IconFileUpload size={16} aria-hidden />} clearButtonProps={{ 'aria-label': t('clear') }} inputWrapperOrder={['label', 'input', 'description', 'error']} data-testid="import-file"
          />
        </Group>
        <Columns kind={kind} />
        <Group justify="space-between">
          <Switch label={t('skipBad')} description={t('skipBadHint')} checked={skipBad} onChange={(event) => setSkipBad(event.currentTarget.checked)} data-testid="import-skip" />
          <Group>
            <Button variant="default" disabled={idle || large} loading={busy} onClick={() => void run((chosen) => send(chosen, true))} data-testid="import-check">
              {t('checkOnly')}
            </Button>
            <Button variant="default" disabled={idle || tooLarge} loading={busy} onClick={() => void run(begin)} data-testid="import-job">
              {t('asJob')}
            </Button>
            <Button disabled={idle || large} loading={busy} onClick={() => void run((chosen) => send(chosen, false))} data-testid="import-send">
              {t('import')}
            </Button>
          </Group>
        </Group>
        <Text size="xs" c="dimmed">
          {t('asJobHint')}
        </Text>
        <Exports kind={kind} />
      </Stack>
      {problem && <Fault problem={problem} />}
      {report && <Report report={report} />}
    </>
  );
}

function KindSelect({ kind }: { kind: ImportKind }) {
  const { t } = useTranslation('admin');
  const items = (kinds: readonly ImportKind[]) => kinds.map((value) => ({ value, label: t(labelOf(value)) }));
  const data = [{ group: t('whatWork'), items: items(WORK) }, { group: t('whatElements'), items: items(ELEMENTS) }];
  return <Select label={t('whatIs')} allowDeselect={false} value={kind} onChange={(value) => value && goTo(pathTo(value as ImportKind))} data={data} maxDropdownHeight={460} data-testid="import-kind" />;
}

function Columns({ kind }: { kind: ImportKind }) {
  const { t } = useTranslation('admin');
  return (
    <div className="admin-note">
      <Title order={3} size="h6">
        {t('columns')}
      </Title>
      <Text size="sm" className="ui-wrap">
        {COLUMNS[kind].map(({ name, required }, n) => (
          <span key={name}>
            {n > 0 && ', '}
            {required ? <b>{name}</b> : name}
          </span>
        ))}
      </Text>
      <Text size="xs" c="dimmed">
        {t('columnsHint')}
      </Text>
    </div>
  );
}
