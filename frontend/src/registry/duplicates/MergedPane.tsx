/** One merge: what moved, and its undoing. */
import { Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../state/store';
import { AskTwice } from '../../ui/form/AskTwice';
import { Pane } from '../../ui/form/Pane';
import * as api from '../api';
import { pathToRecord } from '../at';
import { MERGERS } from '../roles';
import { sayDone, sayFault } from '../said';
import type { Merge } from '../types';

export function MergedPane({ merge, onClose, onDone }: { merge: Merge; onClose(): void; onDone(): void }) {
  const { t } = useTranslation('registry');
  const may = useStore((state) => MERGERS.has(state.me?.role ?? ''));
  const undo = () => void api.undo(merge.element, merge.id).then(() => (sayDone('undoDone'), onDone()), sayFault);
  return (
    <Pane kind={`${t('merged')} · ${merge.id}`} title={merge.kept.label} onClose={onClose}>
      <div className="ui-pane-body">
        <dl className="facts">
          <dt>{t('stays')}</dt><dd><Anchor href={pathToRecord(merge.element, merge.kept.id)}>{merge.kept.id}</Anchor></dd>
          <dt>{t('ends')}</dt><dd><Anchor href={pathToRecord(merge.element, merge.gone.id)}>{merge.gone.id}</Anchor></dd>
          <dt>{t('who')}</dt><dd>{merge.by_name}</dd>
          <dt>{t('when')}</dt><dd>{new Date(merge.at).toLocaleString([], { hour12: false })}</dd>
          <dt>{t('took')}</dt><dd>{merge.taken.map((name) => t(`f_${name}`)).join(', ') || '–'}</dd>
          <dt>{t('moved')}</dt><dd>{Object.entries(merge.moved).map(([name, count]) => `${t(`e_${name}`, { defaultValue: name })} ${count}`).join(', ') || '–'}</dd>
          {merge.note && <><dt>{t('remark')}</dt><dd>{merge.note}</dd></>}
        </dl>
        {merge.undone_at ? (
          <Text size="sm" c="dimmed">{t('undoneBy', { who: merge.undone_by, when: new Date(merge.undone_at).toLocaleString([], { hour12: false }) })}</Text>
        ) : (
          may && <Stack><AskTwice label={t('undo')} hint={t('undoHint')} yes={t('undoYes')} testId="undo" onYes={undo} /></Stack>
        )}
      </div>
    </Pane>
  );
}
