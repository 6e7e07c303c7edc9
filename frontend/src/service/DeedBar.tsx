/** What may be done to a thing of a room: one click, or a short form that says what will happen. */
import { Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { useDeed } from '../desk/useDeed';
import { Form } from './Form';
import type { Field, Values } from './fields';

export interface Deed {
  name: string;
  label: string;
  hint?: string;
  /** None: one click does it. */
  fields?: readonly Field[];
  danger?: boolean;
  /** What is told afterwards. */
  done?: string;
  /** key: of this one doing, however often it is sent. */
  act: (values: Values, key: string) => Promise<unknown>;
}

/** done: what is told after deeds that say nothing else; onChange: whatever happened, look again. */
export function DeedBar({ deeds, done, onChange }: { deeds: readonly Deed[]; done?: string; onChange: () => void }) {
  const { t } = useTranslation('service');
  const [open, setOpen] = useState<string | null>(null);
  const key = useRef(newKey());
  const { busy, run } = useDeed();
  const act = async (deed: Deed, values: Values) => {
    if (await run(() => deed.act(values, key.current), deed.done ?? done)) {
      setOpen(null);
      key.current = newKey();
    }
    onChange();
  };
  const chosen = deeds.find((one) => one.name === open);
  if (deeds.length === 0) return null;
  return (
    <section className="service-foot" aria-label={t('deeds')}>
      <Group gap={8}>
        {deeds.map((deed, n) => (
          <Button
            key={deed.name} size="xs" variant={deed.fields ? (deed === chosen ? 'light' : n === 0 ? 'filled' : 'default') : 'filled'} color={deed.danger ? 'red' : undefined} loading={busy && !deed.fields}
            {...(deed.fields ? { 'aria-expanded': deed === chosen } : {})} onClick={() => (deed.fields ? setOpen(deed === chosen ? null : deed.name) : void act(deed, {}))} data-testid={`deed-${deed.name}`}
          >
            {deed.label}
          </Button>
        ))}
      </Group>
      {chosen?.fields && (
        <Form key={chosen.name} fields={chosen.fields} action={chosen.label} busy={busy} danger={chosen.danger ?? false} {...(chosen.hint === undefined ? {} : { hint: chosen.hint })} onSend={(values) => void act(chosen, values)} onCancel={() => setOpen(null)} />
      )}
    </section>
  );
}
