/** A record is added or changed. Where somebody was quicker, both changes stand side by side and nothing is lost. */
import { SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { Problem } from '../api/request';
import { usePurpose } from '../city/purpose';
import { OrganisationSelect } from '../ui/form/organisations';
import { PaneForm } from '../ui/form/Pane';
import { useForm } from '../ui/form/useForm';
import * as api from './api';
import { ClashNotice } from './ClashNotice';
import { SPECS, type ElementName } from './elements';
import { FieldInput } from './FieldInput';
import { clashesOf, EMPTIES, filledIn, sent, valuesOf, type Clash, type Values } from './record';
import { sayDone } from './said';
import type { RecordOf } from './types';

interface Props {
  element: ElementName;
  /** Null: a new one. */
  record: RecordOf | null;
  fixed?: Readonly<Record<string, string>>;
  readOnly?: boolean;
  onDone(record: RecordOf): void;
}

/** Somebody changed it meanwhile. */
interface Meanwhile {
  newest: RecordOf;
  clashes: Clash[];
}

export function RecordForm({ element, record, fixed, readOnly = false, onDone }: Props) {
  const { t } = useTranslation('registry');
  const { fields } = SPECS[element];
  const first = useMemo<Values>(() => ({ ...valuesOf(fields, record, fixed), organisation: record?.organisation ?? null, remark: null }), []);
  const form = useForm(first);
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  const key = useRef(newKey());

  const save = async (version: number): Promise<void> => {
    const said = sent(form.changes(), EMPTIES);
    try {
      const saved = record ? await api.change(element, record.id, { ...said, version }) : await api.add(element, filledIn(form.values), key.current);
      sayDone(record ? 'saved' : 'added');
      onDone(saved);
    } catch (error) {
      const newest = record && error instanceof Problem && error.status === 409 ? await api.one(element, record.id, usePurpose.getState().purpose) : null;
      if (newest === null || newest.version === version) throw error;
      setMeanwhile({ newest, clashes: clashesOf(first, { ...valuesOf(fields, newest), organisation: newest.organisation, remark: null }, form.values) });
    }
  };
  const send = (version: number) => void form.send(() => save(version));
  const shown = fields.filter((field) => field.only === undefined || form.values.kind === field.only);
  return (
    <fieldset className="ui-plain" disabled={readOnly}>
      <PaneForm form={form} ready={record === null} onSend={() => send(record?.version ?? 0)} button={t(record ? 'save' : 'add')}>
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm" className="registry-fields">
            {shown.map((field) => (
              <div key={field.name} className={field.kind === 'area' || field.kind === 'groups' || field.kind === 'record' || field.kind === 'entrances' || field.kind === 'component' ? 'whole' : ''}>
                <FieldInput field={field} form={form} masked={record?.[field.name] as string | null | undefined} />
              </div>
            ))}
          </SimpleGrid>
          <OrganisationSelect label={t('organisation')} description={t('organisationHint')} value={form.values.organisation as string | null} error={form.told.fields.organisation} onChange={(value) => form.set('organisation', value)} data-testid="field-organisation" />
          <Textarea label={t('remark')} description={t('remarkHint')} autosize value={(form.values.remark as string | null) ?? ''} onChange={(event) => form.set('remark', event.currentTarget.value || null)} data-testid="field-remark" />
          {meanwhile && <ClashNotice element={element} {...meanwhile} busy={form.busy} onMine={() => send(meanwhile.newest.version)} onTheirs={() => onDone(meanwhile.newest)} />}
        </Stack>
      </PaneForm>
    </fieldset>
  );
}
