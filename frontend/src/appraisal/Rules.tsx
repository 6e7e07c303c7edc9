/** The rules of each level, and for the city's administrators a form with a preview on the last period. */
import { Button, Group, NumberInput, Select, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../desk/useDeed';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { changed, pointsOf } from './figures';
import { LEVELS, type Level, type LevelRules, type Preview, type Rules } from './types';

export function RulesTab() {
  const asked = useAsked(api.rules, []);
  return (
    <div className="appraisal-scroll">
      <Answered asked={asked}>{(rules) => <Editor key={rules.newest} known={rules} done={asked.again} />}</Answered>
    </div>
  );
}

function Editor({ known, done }: { known: Rules; done: () => void }) {
  const { t } = useTranslation('appraisal');
  const writable = useStore((state) => state.me?.role === 'administrator');
  const [rules, setRules] = useState(known.rules);
  const [level, setLevel] = useState<Level>('grid');
  const [note, setNote] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const { busy, run } = useDeed();
  const own = rules.levels[level];
  const set = (change: Partial<LevelRules>) => own && setRules({ ...rules, levels: { ...rules.levels, [level]: { ...own, ...change } } });
  const save = async () => {
    if (await run(() => api.changeRules(rules, note, known.newest))) done();
  };
  return (
    <>
      <Text size="sm">
        {t('inForce', { version: known.version })} · {known.rules.name} · {t('fromNext')}
      </Text>
      <Select label={t('level')} w={180} my={8} allowDeselect={false} data={LEVELS.map((value) => ({ value, label: t(`level_${value}`) }))} value={level} onChange={(to) => to && setLevel(to as Level)} />
      {own && <Tables own={own} set={set} writable={writable} />}
      {writable && (
        <Group align="flex-end" mt={12}>
          <TextInput label={t('note')} value={note} maxLength={4000} onChange={(event) => setNote(event.currentTarget.value)} w={320} />
          <Button variant="default" loading={busy} onClick={() => void run(async () => setPreview(await api.preview(rules)))} data-testid="rules-preview">
            {t('preview')}
          </Button>
          <Button loading={busy} disabled={!note} onClick={() => void save()}>
            {t('save')}
          </Button>
        </Group>
      )}
      {preview && <Previewed preview={preview} level={level} />}
    </>
  );
}

function Tables({ own, set, writable }: { own: LevelRules; set: (change: Partial<LevelRules>) => void; writable: boolean }) {
  const { t } = useTranslation('appraisal');
  const cell = (label: string, value: string, onChange: (value: string) => void) => <NumberInput aria-label={label} size="xs" w={90} min={0} max={1000} decimalScale={2} disabled={!writable} value={value} onChange={(to) => onChange(String(to === '' ? 0 : to))} />;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('rules')}</th>
          <th scope="col">{t('points')}</th>
          <th scope="col">{t('fullAt')}</th>
          <th scope="col">{t('less')}</th>
        </tr>
      </thead>
      <tbody>
        {own.measures.map((one) => (
          <tr key={one.code}>
            <td>{t(one.code)}</td>
            <td>{cell(`${t(one.code)} ${t('points')}`, one.points, (points) => set({ measures: changed(own.measures, one.code, { points }) }))}</td>
            <td>{cell(`${t(one.code)} ${t('fullAt')}`, one.full_at, (full_at) => set({ measures: changed(own.measures, one.code, { full_at }) }))}</td>
            <td>{cell(`${t(one.code)} ${t('less')}`, one.less, (less) => set({ measures: changed(own.measures, one.code, { less }) }))}</td>
          </tr>
        ))}
        {own.penalties.map((one) => (
          <tr key={one.code}>
            <td>{t(one.code)}</td>
            <td>{cell(`${t(one.code)} ${t('each')}`, one.points, (points) => set({ penalties: changed(own.penalties, one.code, { points }) }))}</td>
            <td colSpan={2}>
              {one.from_nth !== null && (
                <Group gap={6}>
                  <Text size="xs">
                    {t('fromNth')} {one.from_nth} {t('fromPoints')}
                  </Text>
                  {cell(`${t(one.code)} ${t('fromPoints')}`, one.from_points ?? '0', (from_points) => set({ penalties: changed(own.penalties, one.code, { from_points }) }))}
                </Group>
              )}
            </td>
          </tr>
        ))}
        <tr>
          <td>{t('base')}</td>
          <td colSpan={3}>{cell(t('base'), own.base, (base) => set({ base }))}</td>
        </tr>
        <tr>
          <td>{t('fewBelow')}</td>
          <td colSpan={3}>{cell(t('fewBelow'), String(own.few), (few) => set({ few: Math.round(Number(few)) }))}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Previewed({ preview, level }: { preview: Preview; level: Level }) {
  const { t } = useTranslation('appraisal');
  const items = preview.items.filter((one) => one.level === level && (one.before !== one.after || one.rank_before !== one.rank_after));
  if (preview.period === null) return <Text mt={10}>{t('noPeriod')}</Text>;
  return (
    <div className="appraisal-line" data-testid="rules-previewed">
      <Title order={3} size="h6">
        {preview.period}
      </Title>
      {items.length === 0 && <Text size="sm">{t('unchanged')}</Text>}
      {items.map((one) => (
        <Text size="sm" key={one.id}>
          {one.id}: {t('was')} {pointsOf(one.before)} ({one.rank_before ?? '–'}), {t('would')} {pointsOf(one.after)} ({one.rank_after ?? '–'})
        </Text>
      ))}
    </div>
  );
}
