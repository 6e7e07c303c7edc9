/** Services of a hall, and the windows of the registry where they are served. */
import { Button, Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { useDeed } from '../desk/useDeed';
import '../desk/words';
import { nameIn } from '../i18n';
import { OrganisationChoice } from '../service/OrganisationChoice';
import { useAsked } from '../ui/useAsked';
import * as api from './api';

const MINUTE_S = 60;

/** done: with the hall's id. */
export function SetUp({ hall, done }: { hall: string | null; done: (hall: string) => void }) {
  const { t } = useTranslation('partyDesk');
  const [organisation, setOrganisation] = useState(hall);
  return (
    <section className="party-setup" data-testid="set-up-form">
      <OrganisationChoice label={t('organisation')} value={organisation} onChange={setOrganisation} allowDeselect={false} />
      {organisation && <NewService key={`s-${organisation}`} organisation={organisation} done={done} />}
      {organisation && <NewWindow key={`w-${organisation}`} organisation={organisation} done={done} />}
    </section>
  );
}

function NewService({ organisation, done }: { organisation: string; done: (hall: string) => void }) {
  const { t } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const [minutes, setMinutes] = useState<number | string>(10);
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = Object.fromEntries(new FormData(form));
    const body = { organisation, letter: String(said.letter).toUpperCase(), name_en: said.name_en, name_zh: said.name_zh, expected_s: Number(minutes) * MINUTE_S };
    void run(() => api.addService(body, newKey()), t('done_save')).then((was) => was && (form.reset(), done(organisation)));
  };
  return (
    <form onSubmit={add}>
      <Group align="end">
        <TextInput name="letter" label={t('letter')} required maxLength={1} pattern="[A-Za-z]" w={70} />
        <TextInput name="name_en" label={t('name_en')} required maxLength={60} />
        <TextInput name="name_zh" label={t('name_zh')} required maxLength={60} />
        <NumberInput label={t('expected')} min={1} max={240} value={minutes} onChange={setMinutes} />
        <Button type="submit" variant="light" loading={busy}>
          {t('addService')}
        </Button>
      </Group>
    </form>
  );
}

function NewWindow({ organisation, done }: { organisation: string; done: (hall: string) => void }) {
  const { t, i18n } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const places = useAsked(api.places, []);
  const services = useAsked(() => api.services(organisation), [organisation]);
  const [place, setPlace] = useState<string | null>(null);
  const [served, setServed] = useState<string[]>([]);
  const add = (event: FormEvent) => {
    event.preventDefault();
    void run(() => api.addWindow({ organisation, place, services: served }, newKey()), t('done_save')).then((was) => was && (setPlace(null), done(organisation)));
  };
  return (
    <form onSubmit={add}>
      <Group align="end">
        <Select label={t('place')} searchable data={(places.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={place} onChange={setPlace} nothingFoundMessage={t('noPlaces')} error={places.problem} />
        <MultiSelect label={t('served')} data={(services.data ?? []).map((one) => ({ value: one.id, label: `${one.letter} · ${nameIn(i18n.language, one.name_en, one.name_zh)}` }))} value={served} onChange={setServed} />
        <Button type="submit" variant="light" loading={busy} disabled={place === null || served.length === 0}>
          {t('addWindow')}
        </Button>
      </Group>
    </form>
  );
}
