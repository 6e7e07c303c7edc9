/** Every step of an incident with who took it and when, read again whenever its version grows. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../format/moments';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { actorIn, noteIn } from './notes';
import type { Entry, Incident } from './types';

export function Timeline({ incident }: { incident: Incident }) {
  const { t } = useTranslation('desk');
  const asked = useAsked(() => api.log(incident.id), [incident.id, incident.version]);
  return (
    <section aria-label={t('timeline')}>
      <Text component="h3" fw={600} size="sm" m={0}>
        {t('timeline')}
      </Text>
      <Answered asked={asked}>
        {(entries) => (
          <ol className="timeline" data-testid="timeline">
            {entries.toReversed().map((entry) => (
              <Row key={`${entry.version}-${entry.at}-${entry.action}`} entry={entry} />
            ))}
          </ol>
        )}
      </Answered>
    </section>
  );
}

function Row({ entry }: { entry: Entry }) {
  const { t } = useTranslation('desk');
  const name = useStore((state) => {
    for (const one of state.live.info.values()) if (one.member === entry.member) return one.name;
    return null;
  });
  return (
    <li data-action={entry.action}>
      <time dateTime={entry.at}>{momentOf(entry.at)}</time>
      <span>
        <b>{t(`action_${entry.action}`, entry.action)}</b> <span className="dim">{(entry.member && name) ?? actorIn(t, entry.actor)}</span>
        {entry.note && <span className="said">{noteIn(t, entry.note)}</span>}
      </span>
    </li>
  );
}
