/** What stands, as a file in each format. Of people only with what for: it stays on record. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/request';
import { PurposeForm } from '../../ui/PurposeForm';
import { labelOf, PRIVATE, type ImportKind } from './columns';

const FORMATS = ['csv', 'xlsx', 'geojson'] as const;

export function Exports({ kind }: { kind: ImportKind }) {
  const { t } = useTranslation('admin');
  const [purpose, setPurpose] = useState<string>();
  const [asking, setAsking] = useState(false);
  const may = purpose !== undefined || !PRIVATE.has(kind);
  return (
    <div data-testid="exports">
      <Group gap="md">
        <Text size="sm">{t('exports', { what: t(labelOf(kind)) })}</Text>
        {may
          ? FORMATS.map((format) => (
              <Anchor key={format} href={urlOf(`/exports/${kind}`, { format, purpose })} download={`${kind}.${format}`} size="sm" data-testid={`export-${format}`}>
                <IconDownload size={14} aria-hidden /> {format.toUpperCase()}
              </Anchor>
            ))
          : !asking && (
              <Button size="compact-sm" variant="default" onClick={() => setAsking(true)} data-testid="export-purpose">
                {t('exportPurpose')}
              </Button>
            )}
      </Group>
      {asking && !may && <PurposeForm action={t('show')} onSay={setPurpose} onCancel={() => setAsking(false)} />}
    </div>
  );
}
