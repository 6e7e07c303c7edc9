/** Posts that members hold, and the presets that say how many of each an organisation needs. */
import { Badge, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { nameIn } from '../../i18n';
import { useStore } from '../../state/store';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { close, pathToNew, pathToOne, setFilter, useAt } from '../at';
import type { Post, Preset } from '../types';
import { PostPane } from './PostPane';
import { PresetPane } from './PresetPane';

const SECTION = 'posts';

export default function Posts() {
  const { t, i18n } = useTranslation('admin');
  const { id, adding, query } = useAt();
  const whole = useStore((state) => state.me?.organisation.key === 1);
  const presets = query.show === 'presets';
  const [search, setSearch] = useState('');
  const asked = useAsked(async () => ({ posts: await api.posts(), presets: await api.presets() }), []);
  const all = asked.data ?? { posts: [], presets: [] };
  const chosen = <T extends Post | Preset>(rows: readonly T[]) => (adding ? undefined : rows.find((one) => one.code === id));
  const [post, preset] = [chosen(all.posts), chosen(all.presets)];
  const shut = close(SECTION);
  const done = (code: string) => (asked.again(), goTo(pathToOne(SECTION, code)));
  const text = search.trim().toLowerCase();
  const matching = <T extends Post | Preset>(rows: readonly T[]) => rows.filter((one) => [one.code, one.name_en, one.name_zh].some((part) => part.toLowerCase().includes(text)));
  const named = (row: Post | Preset) => nameIn(i18n.language, row.name_en, row.name_zh);
  const common = { keyOf: (row: Post | Preset) => row.code, to: (row: Post | Preset) => pathToOne(SECTION, row.code), selected: id ?? undefined, busy: asked.busy, problem: asked.problem, again: asked.again, empty: t('nothingFound') };
  const first: Column<Post | Preset>[] = [
    { name: 'name', title: t('name'), width: 'minmax(150px, 2fr)', cell: named },
    { name: 'code', title: t('code'), width: 'minmax(110px, 1.2fr)', cell: (row) => row.code },
    { name: 'level', title: t('level'), width: '130px', cell: (row) => (row.level === null ? t('anyLevel') : t(`level_${row.level}`)) },
  ];
  const state: Column<Post | Preset> = { name: 'state', title: t('state'), width: '100px', cell: (row) => (row.retired ? <Badge variant="outline" color="gray">{t('retired')}</Badge> : t('inUse')) };
  return (
    <Section
      title={t('posts')}
      hint={t(whole ? 'postsSectionHint' : 'postsReadHint')}
      search={search}
      onSearch={setSearch}
      filters={<SegmentedControl value={presets ? 'presets' : 'posts'} onChange={(value) => setFilter(SECTION, 'show', value === 'posts' ? null : value)} aria-label={t('show')} data={['posts', 'presets'].map((value) => ({ value, label: t(value) }))} data-testid="posts-show" />}
      add={whole ? { to: pathToNew(SECTION), label: t(presets ? 'addPreset' : 'addPost') } : undefined}
      pane={
        presets
          ? (adding || preset) && <PresetPane key={JSON.stringify(preset ?? null)} preset={preset ?? null} posts={all.posts} writable={whole} onClose={shut} onDone={done} />
          : (adding || post) && <PostPane key={JSON.stringify(post ?? null)} post={post ?? null} writable={whole} onClose={shut} onDone={done} />
      }
    >
      {presets ? (
        <RecordList label={t('presets')} rows={matching(all.presets)} {...common} columns={[...first, { name: 'wanted', title: t('wanted'), width: '120px', cell: (row) => (row as Preset).posts.reduce((sum, one) => sum + one.wanted, 0) }, state]} />
      ) : (
        <RecordList label={t('posts')} rows={matching(all.posts)} {...common} columns={[...first, { name: 'skills', title: t('skills'), width: 'minmax(120px, 1.5fr)', cell: (row) => (row as Post).skills.join(', ') || '–', lesser: true }, state]} />
      )}
    </Section>
  );
}
