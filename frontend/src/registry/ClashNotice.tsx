/** Two changed one record: what stands now beside what I would write, and the choice. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ElementName } from './elements';
import type { Clash } from './record';
import type { RecordOf } from './types';
import { useShown } from './useShown';

interface Props {
  element: ElementName;
  newest: RecordOf;
  clashes: readonly Clash[];
  busy: boolean;
  onMine(): void;
  onTheirs(): void;
}

export function ClashNotice({ element, newest, clashes, busy, onMine, onTheirs }: Props) {
  const { t } = useTranslation('registry');
  const shown = useShown();
  return (
    <Alert color="orange" role="alert" title={t('clash')} data-testid="clash">
      <Text size="sm">{t('clashHint', { version: newest.version })}</Text>
      <table className="registry-diff">
        <thead>
          <tr><th scope="col">{t('field')}</th><th scope="col">{t('theirs')}</th><th scope="col">{t('mine')}</th></tr>
        </thead>
        <tbody>
          {clashes.map((one) => (
            <tr key={one.name} className={one.both ? 'both' : ''}>
              <th scope="row">{t(`f_${one.name}`)}</th>
              <td>{shown(element, one.name, one.theirs)}</td>
              <td>{shown(element, one.name, one.mine)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap={8} mt={8}>
        <Button size="compact-sm" loading={busy} onClick={onMine} data-testid="clash-mine">{t('keepMine')}</Button>
        <Button size="compact-sm" variant="default" onClick={onTheirs} data-testid="clash-theirs">{t('takeTheirs')}</Button>
      </Group>
    </Alert>
  );
}
