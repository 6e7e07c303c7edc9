/** The registry from files: checked first where one likes, all of it or nothing, every refused row shown. */
import { Anchor, Button, FileInput, Group, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { IconDownload, IconFileUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import * as userApi from '../../api/client';
import { reasonOf, urlOf } from '../../api/request';
import { goTo } from '../../app/route';
import { useStore } from '../../state/store';
import { Section } from '../../ui/list/Section';
import { Empty, Fault } from '../../ui/States';
import * as api from '../api';
import { pathToOne, useAt } from '../at';
import type { ImportReport } from '../types';
import { COLUMNS, IMPORTS, type ImportKind } from './columns';
import { Report } from './Report';

const SECTION = 'imports';

export default function Imports() {
  const { t } = useTranslation('admin');
  const whole = useStore((state) => state.me?.organisation.key === 1);
  const { id } = useAt();
  const kind = IMPORTS.find((one) => one === id) ?? 'members';
  return (
    <Section title={t('imports')} hint={t('importsHint')}>
      {whole ? <Import key={kind} kind={kind} /> : <Empty hint={t('importsCityHint')}>{t('importsCity')}</Empty>}
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

  async function send(check: boolean): Promise<void> {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    setReport(null);
    try {
      const said = await api.importFile(kind, file, check, skipBad);
      setReport(said);
      if (said.stored && (kind === 'organisations' || kind === 'grids')) useStore.setState({ organisations: await userApi.organisations() });
    } catch (error) {
      setProblem(reasonOf(error));
    }
    setBusy(false);
  }

  function choose(chosen: File | null): void {
    setFile(chosen);
    setReport(null);
    setProblem(null);
  }

  return (
    <div className="ui-scroll admin-import">
      <Stack gap="md" className="admin-import-form" onDragOver={(event) => event.preventDefault()} onDrop={(event: DragEvent) => (event.preventDefault(), choose(event.dataTransfer.files[0] ?? null))}>
        <Group grow align="flex-start">
          <Select label={t('whatIs')} allowDeselect={false} value={kind} onChange={(value) => value && goTo(pathToOne(SECTION, value))} data={IMPORTS.map((value) => ({ value, label: t(value) }))} data-testid="import-kind" />
          <FileInput label={t('file')} description={t('fileHint')} placeholder={t('chooseFile')} accept=".csv,.xlsx,.geojson,.json" clearable value={file} onChange={choose} leftSection={<IconFileUpload size={16} aria-hidden />} clearButtonProps={{ 'aria-label': t('clear') }} inputWrapperOrder={['label', 'input', 'description', 'error']} data-testid="import-file" />
        </Group>
        <Columns kind={kind} />
        <Group justify="space-between">
          <Switch label={t('skipBad')} description={t('skipBadHint')} checked={skipBad} onChange={(event) => setSkipBad(event.currentTarget.checked)} data-testid="import-skip" />
          <Group>
            <Button variant="default" disabled={!file || busy} loading={busy} onClick={() => void send(true)} data-testid="import-check">
              {t('checkOnly')}
            </Button>
            <Button disabled={!file || busy} loading={busy} onClick={() => void send(false)} data-testid="import-send">
              {t('import')}
            </Button>
          </Group>
        </Group>
        <Anchor href={urlOf(`/exports/${kind}`)} download={`${kind}.csv`} size="sm">
          <IconDownload size={14} aria-hidden /> {t('exportThese', { what: t(kind) })}
        </Anchor>
      </Stack>
      {problem && <Fault problem={problem} />}
      {report && <Report report={report} />}
    </div>
  );
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
