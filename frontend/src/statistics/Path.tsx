/** Where one stands among the organisations, and the kind chosen. */
import { Anchor, Badge, Breadcrumbs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../api/types';
import { useStore } from '../state/store';
import type { Choice, Choose } from './state';
import type { Summary } from './types';

/** From the top of what the caller may see down to what is shown, and the kind chosen. */
export function Path({ summary, choice, choose }: { summary: Summary; choice: Choice; choose: Choose }) {
  const { t, i18n } = useTranslation('statistics');
  const organisations = useStore((state) => state.organisations);
  const kind = summary.kinds.find((one) => one.code === choice.kind);
  const name = i18n.language === 'zh' ? kind?.name_zh : kind?.name_en;
  return (
    <Breadcrumbs separatorMargin={6}>
      {ancestors(organisations, summary.organisation.id).map((one) => (
        <Anchor key={one.id} component="button" size="sm" onClick={() => choose({ organisation: one.id })}>
          {one.name}
        </Anchor>
      ))}
      <Text size="sm" fw={600} data-testid="statistics-organisation">
        {summary.organisation.name}
      </Text>
      {choice.kind && (
        <Badge component="button" variant="light" className="chosen-kind" onClick={() => choose({ kind: undefined })} aria-label={`${t('whole')} ×`}>
          {name ?? choice.kind} ×
        </Badge>
      )}
    </Breadcrumbs>
  );
}

function ancestors(all: readonly Organisation[], id: string): Organisation[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const found: Organisation[] = [];
  for (let parent = byId.get(id)?.parent ?? null; parent !== null; parent = byId.get(parent)?.parent ?? null) {
    const above = byId.get(parent);
    if (!above) break;
    found.unshift(above);
  }
  return found;
}
