/** Who changed what of a record, when, where, and what was before. */
import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { degrees } from '../format/units';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { ElementName } from './elements';
import type { Change } from './types';
import { useShown } from './useShown';

const COLOURS: Readonly<Record<string, string>> = { add: 'teal', change: 'cyan', end: 'gray', restore: 'teal', merge: 'violet', import: 'blue' };

export function History({ element, id, purpose, version }: { element: ElementName; id: string; purpose: string | undefined; version: number }) {
  const { t } = useTranslation('registry');
  const asked = useAsked(() => api.history(element, id, purpose), [element, id, purpose, version]);
  return (
    <Answered asked={asked}>
      {(changes) => (changes.length === 0 ? <Empty>{t('noHistory')}</Empty> : <ol className="registry-history" data-testid="history">{changes.map((one) => <Entry key={`${one.version} ${one.at}`} element={element} one={one} />)}</ol>)}
    </Answered>
  );
}

function Entry({ element, one }: { element: ElementName; one: Change }) {
  const { t } = useTranslation('registry');
  const shown = useShown();
  const names = Object.keys(one.after).filter((name) => !HIDDEN.has(name));
  return (
    <li>
      <Group gap={8} justify="space-between">
        <Group gap={8}>
          <Badge color={COLOURS[one.action] ?? 'gray'} variant="light">{t(`a_${one.action}`)}</Badge>
          <Text size="sm" fw={600}>{one.actor}</Text>
        </Group>
        <Text size="xs" c="dimmed" component="time" dateTime={one.at}>{new Date(one.at).toLocaleString([], { hour12: false })}</Text>
      </Group>
      {one.note && <Text size="sm">{one.note}</Text>}
      {one.latitude !== null && one.longitude !== null && <Text size="xs" c="dimmed">{t('stoodAt', { place: degrees(one.latitude, one.longitude) })}</Text>}
      {names.length > 0 && (
        <table className="registry-diff">
          <thead>
            <tr><th scope="col">{t('field')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`f_${name}`, { defaultValue: name })}</th>
                <td>{name in one.before ? <del>{shown(element, name, one.before[name])}</del> : '–'}</td>
                <td><ins>{shown(element, name, one.after[name])}</ins></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}

/** Said by the entry itself. */
const HIDDEN = new Set(['id']);
