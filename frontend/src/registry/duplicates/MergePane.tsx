/** A pair side by side: which stays, and which of the other's fields it takes. */
import { Alert, Button, Group, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { usePurpose } from '../../city/purpose';
import { useStore } from '../../state/store';
import { Pane } from '../../ui/form/Pane';
import { PurposeForm } from '../../ui/PurposeForm';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { SPECS } from '../elements';
import { differences, toTake } from '../record';
import { MERGERS } from '../roles';
import { sayDone } from '../said';
import type { Proposal, RecordOf } from '../types';
import { useShown } from '../useShown';

interface Props {
  proposal: Proposal;
  onClose(): void;
  onDone(): void;
}

export function MergePane({ proposal, onClose, onDone }: Props) {
  const { t } = useTranslation('registry');
  const purpose = usePurpose((state) => state.purpose);
  const { element, first, second } = proposal;
  const asks = (SPECS[element].isPrivate ?? false) && !purpose;
  return (
    <Pane kind={t(`e_${element}`)} title={first.label} onClose={onClose}>
      <div className="ui-pane-body">
        <Text size="sm">{t('because', { reasons: proposal.reasons.map((one) => t(`r_${one}`)).join(', ') })}</Text>
        {asks ? <PurposeForm action={t('open')} onSay={(said) => usePurpose.getState().say(said)} /> : <Pair proposal={proposal} ids={[first.id, second.id]} purpose={SPECS[element].isPrivate ? purpose : undefined} onDone={onDone} />}
      </div>
    </Pane>
  );
}

function Pair({ proposal: { id, element }, ids, purpose, onDone }: { proposal: Proposal; ids: readonly [string, string]; purpose: string | undefined; onDone(): void }) {
  const asked = useAsked(() => Promise.all([api.one(element, ids[0], purpose), api.one(element, ids[1], purpose)]), [element, ...ids, purpose]);
  return <Answered asked={asked}>{([one, other]) => <Choice key={`${one.version} ${other.version}`} proposal={id} element={element} one={one} other={other} onDone={onDone} again={asked.again} />}</Answered>;
}

interface ChoiceProps {
  proposal: string;
  element: Proposal['element'];
  one: RecordOf;
  other: RecordOf;
  onDone(): void;
  again(): void;
}

function Choice({ proposal, element, one, other, onDone, again }: ChoiceProps) {
  const { t } = useTranslation('registry');
  const may = useStore((state) => MERGERS.has(state.me?.role ?? ''));
  const names = SPECS[element].fields.map((field) => field.name);
  const [kept, setKept] = useState(one.id);
  const [stays, ends] = kept === one.id ? [one, other] : [other, one];
  const [taken, setTaken] = useState(() => toTake(names, one, other));
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const choose = (id: string) => (setKept(id), setTaken(id === one.id ? toTake(names, one, other) : toTake(names, other, one)));
  const fail = (error: unknown) => (setProblem(reasonOf(error)), again());
  const merge = () => void api.merge(element, stays.id, { other: ends.id, version: stays.version, other_version: ends.version, take: taken, note: note || null }).then(() => (sayDone('mergeDone'), onDone()), fail);
  const dismiss = () => void api.dismiss(element, proposal, note || null).then(() => (sayDone('dismissDone'), onDone()), fail);
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={500}>{t('stays')}</Text>
        <SegmentedControl fullWidth size="xs" value={kept} onChange={choose} data={[one.id, other.id]} aria-label={t('stays')} />
      </div>
      <Compared element={element} stays={stays} ends={ends} names={differences(names, stays, ends)} taken={taken} onTake={setTaken} />
      <Text size="xs" c="dimmed">{t('mergeHint', { id: ends.id })}</Text>
      <TextInput label={t('remark')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {problem && <Alert color="red" role="alert">{problem}</Alert>}
      {may ? (
        <Group>
          <Button leftSection={<IconArrowMerge size={16} aria-hidden />} onClick={merge} data-testid="merge">{t('merge')}</Button>
          <Button variant="default" onClick={dismiss} data-testid="dismiss">{t('dismiss')}</Button>
        </Group>
      ) : <Text size="sm" c="dimmed">{t('mayNotMerge')}</Text>}
    </Stack>
  );
}

interface ComparedProps {
  element: Proposal['element'];
  stays: RecordOf;
  ends: RecordOf;
  names: readonly string[];
  taken: readonly string[];
  onTake(taken: string[]): void;
}

const whereOf = (record: RecordOf): string => [record.address, record.number].filter((part) => typeof part === 'string').join(' ');

/** Each field that differs, with the choice of whose value is kept. */
function Compared({ element, stays, ends, names, taken, onTake }: ComparedProps) {
  const { t } = useTranslation('registry');
  const shown = useShown();
  if (names.length === 0) return <Text size="sm" c="dimmed">{t('noDifference')}</Text>;
  return (
    <table className="registry-diff registry-compare">
      <thead>
        <tr><th scope="col">{t('field')}</th>{[stays, ends].map((one) => <th key={one.id} scope="col">{one.id}<br />{whereOf(one)}</th>)}</tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const takes = taken.includes(name);
          const put = (theirs: boolean) => onTake(theirs ? [...taken, name] : taken.filter((one) => one !== name));
          return (
            <tr key={name}>
              <th scope="row">{t(`f_${name}`)}</th>
              {[stays, ends].map((record, n) => (
                <td key={record.id}><Radio size="xs" name={`take-${name}`} checked={takes === (n === 1)} onChange={() => put(n === 1)} label={shown(element, name, record[name])} data-testid={`take-${name}-${n}`} /></td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
