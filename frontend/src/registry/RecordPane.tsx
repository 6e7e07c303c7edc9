/** One record: what it says, what was before, its files, and who looked at it. Of people, for a purpose that goes on record. */
import { Alert, Anchor, Badge, Group, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { REVEALERS } from '../app/roles';
import { usePurpose } from '../city/purpose';
import { Entries } from '../forms/entries/Entries';
import { useStore } from '../state/store';
import { Pane } from '../ui/form/Pane';
import { Go } from '../ui/Go';
import { PurposeForm } from '../ui/PurposeForm';
import { Revealed } from '../ui/Revealed';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { Looks } from './AccessRecord';
import * as api from './api';
import { pathToRecord, setQuery, useAt } from './at';
import { SPECS, type ElementName } from './elements';
import { EndRecord } from './EndRecord';
import { Files } from './Files';
import { History } from './History';
import { linksOf } from './links';
import { RecordForm } from './RecordForm';
import { AUDITORS, COLLECTORS } from './roles';
import type { SectionSpec } from './sections';
import type { RecordOf } from './types';

interface Props {
  section: SectionSpec;
  id: string;
  onClose(): void;
  onChanged(): void;
}

export function RecordPane({ section, id, onClose, onChanged }: Props) {
  const { t } = useTranslation('registry');
  const purpose = usePurpose((state) => state.purpose);
  const isPrivate = SPECS[section.element].isPrivate ?? false;
  if (isPrivate && !purpose) {
    return (
      <Pane kind={t(`s_${section.name}`)} title={t('purposeTitle')} onClose={onClose}>
        <div className="ui-pane-body"><PurposeForm action={t('open')} onSay={(said) => usePurpose.getState().say(said)} /></div>
      </Pane>
    );
  }
  return <Opened section={section} id={id} purpose={isPrivate ? purpose : undefined} onClose={onClose} onChanged={onChanged} />;
}

function Opened({ section, id, purpose, onClose, onChanged }: Props & { purpose: string | undefined }) {
  const { t } = useTranslation('registry');
  const { element } = section;
  const { tab } = useAt();
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(() => api.one(element, id, purpose), [element, id, purpose]);
  const done = () => (asked.again(), onChanged());
  const title = asked.data ? titleOf(asked.data) : id;
  const tabs = ['record', 'history', 'forms', 'files', ...(AUDITORS.has(role) ? ['looks'] : [])];
  return (
    <Pane kind={`${t(`s_${section.name}`)} · ${id}`} title={title} onClose={onClose}>
      <Tabs value={tab} onChange={(value) => setQuery('tab', value === 'record' ? null : value)} keepMounted={false} className="registry-tabs">
        <Tabs.List>{tabs.map((one) => <Tabs.Tab key={one} value={one} data-testid={`tab-${one}`}>{t(`tab_${one}`)}</Tabs.Tab>)}</Tabs.List>
        <div className="ui-pane-body">
          <Answered asked={asked}>
            {(record) => (
              <>
                <Tabs.Panel value="record"><Facts key={record.version} element={element} record={record} purpose={purpose} role={role} onDone={done} /></Tabs.Panel>
                <Tabs.Panel value="history"><History element={element} id={id} purpose={purpose} version={record.version} /></Tabs.Panel>
                <Tabs.Panel value="forms"><Entries element={element} record={id} purpose={purpose} /></Tabs.Panel>
                <Tabs.Panel value="files"><Files element={element} id={id} purpose={purpose} /></Tabs.Panel>
                <Tabs.Panel value="looks"><Looks record={id} /></Tabs.Panel>
              </>
            )}
          </Answered>
        </div>
      </Tabs>
    </Pane>
  );
}

const titleOf = (record: RecordOf): string => [record.name, record.head, record.address, record.number, record.id].find((one): one is string => typeof one === 'string' && one !== '')!;

function Facts({ element, record, purpose, role, onDone }: { element: ElementName; record: RecordOf; purpose: string | undefined; role: string; onDone(): void }) {
  const { t } = useTranslation('registry');
  const sealed = SPECS[element].fields.filter((one) => one.kind === 'sealed' && record[one.name]);
  return (
    <div className="registry-facts">
      <Group gap={8}>
        {record.ended_at && <Badge color="gray" variant="light">{t('ended')}</Badge>}
        {linksOf(element, record).map((one) => <Go key={one.to} to={one.to}>{t(one.words)}</Go>)}
      </Group>
      {record.merged_into && <Alert color="gray">{t('mergedInto')} <Go to={pathToRecord(element, record.merged_into)}>{record.merged_into}</Go></Alert>}
      {sealed.length > 0 && (
        <section className="registry-sealed" aria-label={t('numbers')}>
          <Revealed masked={record as Record<string, unknown>} may={REVEALERS.has(role)} {...(purpose ? { purpose } : {})} reveal={(said) => api.reveal(element, record.id, said)}>
            {(shown) => (
              <dl className="facts">
                {sealed.map(({ name }) => (
                  <div key={name} style={{ display: 'contents' }}>
                    <dt>{t(`f_${name}`)}</dt>
                    <dd data-testid={`number-${name}`}>{String(shown[name] ?? '–')}</dd>
                  </div>
                ))}
              </dl>
            )}
          </Revealed>
        </section>
      )}
      <RecordForm element={element} record={record} readOnly={!COLLECTORS.has(role) || record.ended_at !== null} onDone={onDone} />
      {COLLECTORS.has(role) && !record.merged_into && <EndRecord element={element} record={record} onDone={onDone} />}
      {purpose && <Text size="xs" c="dimmed">{t('purposeIs', { purpose })} <Anchor component="button" type="button" size="xs" onClick={() => usePurpose.getState().say('')}>{t('changePurpose')}</Anchor></Text>}
    </div>
  );
}
