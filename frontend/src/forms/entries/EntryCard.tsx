/** An entry: when, by whom, about what; opened, its answers by the version that asked. */
import { Badge, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOf } from '../../format/moments';
import { nameIn } from '../../i18n';
import { Answered as Asking } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { Answered } from '../render/Answered';
import type { Entry, Form } from '../types';
import '../forms.css';
import '../words';

/** versions: of its form, where they are known already. */
export function EntryCard({ entry, versions, about = false }: { entry: Entry; versions?: readonly Form[]; about?: boolean }) {
  const { t, i18n } = useTranslation('forms');
  const [open, setOpen] = useState(false);
  return (
    <article className="forms-entry" data-testid="entry" data-form={entry.form} data-ended={entry.ended_at !== null}>
      <button type="button" className="row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="grow">
          <b>{about ? `${t(entry.element)} ${entry.record}` : nameIn(i18n.language, entry.title_en, entry.title_zh)}</b>
          <Text component="span" size="sm" c="dimmed" display="block">
            {t('by', { name: entry.by_name, when: instantOf(entry.filled_at) })}
          </Text>
        </span>
        {entry.ended_at !== null && (
          <Badge color="gray" variant="light" c="inherit" className="forms-badge">
            {t('ended')}
          </Badge>
        )}
      </button>
      {open && <Answers entry={entry} versions={versions} />}
    </article>
  );
}

function Answers({ entry, versions }: { entry: Entry; versions: readonly Form[] | undefined }) {
  const { t } = useTranslation('forms');
  const asked = useAsked(async () => versions ?? api.versions(entry.form), [entry.form, versions]);
  return (
    <Asking asked={asked}>
      {(all) => {
        const form = all.find((one) => one.version === entry.form_version);
        return (
          <div className="forms-answers">
            {form && <Answered form={form} answers={entry.answers} />}
            <Group gap={8} mt={8}>
              <Text size="xs" c="dimmed">
                {entry.id} · {t('version', { version: entry.form_version })}
              </Text>
            </Group>
          </div>
        );
      }}
    </Asking>
  );
}
