/** Which places are inspected how often; who may plan adds and ends plans. */
import { Alert, Badge, Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../api/key';
import { get, post, put, reasonOf } from '../api/request';
import * as formsApi from '../forms/api';
import type { Form } from '../forms/types';
import { nameIn } from '../i18n';
import { useStore } from '../state/store';
import { OrganisationSelect } from '../ui/form/organisations';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import type { Plan } from './types';

const PLANNERS = new Set(['administrator', 'commander']);
const KINDS = ['fire_safety', 'shop', 'unit', 'school', 'hospital', 'site', 'camera', 'service_window', 'other'] as const;

export function Plans() {
  const { t } = useTranslation('inspections');
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(async () => ({ plans: (await get<{ items: Plan[] }>('/registry/inspection-plans')).items, forms: await formsApi.forms() }), []);
  const [adding, setAdding] = useState(false);
  const may = PLANNERS.has(role);
  return (
    <aside aria-label={t('plans')}>
      <Title order={3} size="h5">
        {t('plans')}
      </Title>
      <Answered asked={asked}>
        {({ plans, forms }) => (
          <Stack gap={8}>
            {plans.length === 0 && <Text size="sm" c="dimmed">{t('noPlans')}</Text>}
            {plans.map((one) => (
              <PlanCard key={`${one.id} ${one.version}`} plan={one} forms={forms} may={may} onChange={asked.again} />
            ))}
            {may && !adding && <Button variant="default" onClick={() => setAdding(true)} data-testid="add-plan">{t('addPlan')}</Button>}
            {adding && <PlanForm forms={forms} onDone={() => (setAdding(false), asked.again())} />}
          </Stack>
        )}
      </Answered>
    </aside>
  );
}

function PlanCard({ plan, forms, may, onChange }: { plan: Plan; forms: readonly Form[]; may: boolean; onChange: () => void }) {
  const { t, i18n } = useTranslation('inspections');
  const organisation = useStore((state) => state.organisations.find((one) => one.id === plan.organisation)?.name ?? plan.organisation);
  const [problem, setProblem] = useState<string | null>(null);
  const [changing, setChanging] = useState(false);
  const form = forms.find((one) => one.code === plan.form);
  const end = () => void post(`/registry/inspection-plans/${encodeURIComponent(plan.id)}/end`, { version: plan.version }).then(onChange, (error: unknown) => setProblem(reasonOf(error)));
  if (changing) return <PlanForm plan={plan} forms={forms} onDone={() => (setChanging(false), onChange())} />;
  return (
    <article className="inspections-plan" data-testid="plan" data-ended={plan.ended_at !== null}>
      <Group justify="space-between" wrap="nowrap">
        <b>{plan.name}</b>
        {plan.ended_at !== null ? <Badge color="gray" variant="light" c="inherit" tt="none">{t('ended')}</Badge> : may && (
          <Group gap={4} wrap="nowrap">
            <Button size="compact-xs" variant="subtle" onClick={() => setChanging(true)} data-testid="change-plan">{t('change')}</Button>
            <Button size="compact-xs" variant="subtle" color="red" onClick={end}>{t('end')}</Button>
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {organisation} · {t(plan.kind ? `kind_${plan.kind}` : 'kind_any')} · {t('everyDays', { count: plan.every_days })}
      </Text>
      <Text size="sm" c="dimmed">
        {form ? nameIn(i18n.language, form.title_en, form.title_zh) : plan.form} · {t('open', { due: plan.due, overdue: plan.overdue })}
      </Text>
      {problem && <Alert color="red" role="alert">{problem}</Alert>}
    </article>
  );
}

/** The day of an instant here, as a date field takes it. */
const dayOf = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

const factsOf = ({ organisation, name, kind, risk, form, every_days, remind_days, first_due_at }: Plan) => ({ organisation: organisation as string | null, name, kind: kind ?? '', risk, form, every_days, remind_days, first: dayOf(new Date(first_due_at)) });

/** A new plan, or what a plan says from now on; its organisation stays. */
function PlanForm({ plan: old, forms: all, onDone }: { plan?: Plan; forms: readonly Form[]; onDone: () => void }) {
  const forms = all.filter((one) => one.elements.includes('places'));
  const { t, i18n } = useTranslation('inspections');
  const own = useStore((state) => state.me?.organisation.id ?? null);
  const [plan, setPlan] = useState(old ? factsOf(old) : { organisation: own, name: '', kind: 'fire_safety', risk: null as string | null, form: forms.find((one) => one.code === 'fire-safety')?.code ?? forms[0]?.code ?? '', every_days: 30, remind_days: 7, first: dayOf(new Date()) });
  const [key] = useState(newKey);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (part: Partial<typeof plan>) => setPlan((before) => ({ ...before, ...part }));

  function send(event: FormEvent): void {
    event.preventDefault();
    const { first, kind, organisation, ...rest } = plan;
    const said = { ...rest, kind: kind || null, first_due_at: old && first === dayOf(new Date(old.first_due_at)) ? old.first_due_at : new Date(`${first}T00:00`).toISOString() };
    const sent = old ? put(`/registry/inspection-plans/${encodeURIComponent(old.id)}`, { ...said, version: old.version }) : post('/registry/inspection-plans', { ...said, organisation }, key);
    sent.then(onDone, (error: unknown) => setProblem(reasonOf(error)));
  }

  return (
    <form onSubmit={send} className="inspections-plan">
      <Stack gap={8}>
        <TextInput label={t('name')} value={plan.name} onChange={(event) => set({ name: event.currentTarget.value })} required maxLength={200} data-testid="plan-name" />
        {!old && <OrganisationSelect label={t('organisation')} value={plan.organisation} onChange={(organisation) => set({ organisation })} />}
        <NativeSelect label={t('places')} data={[{ value: '', label: t('kind_any') }, ...KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))]} value={plan.kind} onChange={(event) => set({ kind: event.currentTarget.value })} />
        <NativeSelect label={t('form')} data={forms.map((one) => ({ value: one.code, label: nameIn(i18n.language, one.title_en, one.title_zh) }))} value={plan.form} onChange={(event) => set({ form: event.currentTarget.value })} />
        <Group grow align="end">
          <NumberInput label={t('every')} min={1} max={3660} value={plan.every_days} onChange={(value) => set({ every_days: Number(value) || 1 })} />
          <NumberInput label={t('remind')} min={0} max={90} value={plan.remind_days} onChange={(value) => set({ remind_days: Number(value) || 0 })} />
        </Group>
        <TextInput type="date" label={t('first')} value={plan.first} onChange={(event) => set({ first: event.currentTarget.value })} required />
        {problem && <Alert color="red" role="alert">{problem}</Alert>}
        <Group gap={8}>
          <Button type="submit" data-testid="send-plan">{t(old ? 'keepPlan' : 'addPlan')}</Button>
          {old && <Button variant="default" onClick={onDone}>{t('cancel')}</Button>}
        </Group>
      </Stack>
    </form>
  );
}
