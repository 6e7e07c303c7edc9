/** Other systems that are told what happens, and how their deliveries go. */
import { Alert, Badge, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { instantOf } from '../../format/moments';
import { useNames } from '../../state/names';
import { useStore } from '../../state/store';
import { OrganisationSelect } from '../../ui/form/organisations';
import { Pane, PaneForm } from '../../ui/form/Pane';
import { textOf, useForm, valueOf } from '../../ui/form/useForm';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { close, pathToNew, pathToOne, useAt } from '../at';
import { Copyable } from '../devices/Copyable';
import { Remove } from '../form/Remove';
import { sayDone } from '../saved';
import type { Webhook } from '../types';

const SECTION = 'webhooks';
const TOPICS = ['incident', 'alert', 'notice', 'channel', 'shift'];

export default function Webhooks() {
  const { t } = useTranslation('admin');
  const { id, adding } = useAt();
  const names = useNames();
  const asked = useAsked(api.webhooks, []);
  const [secret, setSecret] = useState<{ id: string; secret: string } | null>(null);
  const chosen = asked.data?.find((one) => one.id === id);
  const shut = () => (setSecret(null), close(SECTION)());
  const columns: Column<Webhook>[] = [
    { name: 'url', title: t('url'), width: 'minmax(220px, 3fr)', cell: (row) => row.url },
    { name: 'organisation', title: t('organisation'), width: 'minmax(140px, 1.5fr)', cell: (row) => names.of(row.organisation) },
    { name: 'topics', title: t('topics'), width: 'minmax(160px, 2fr)', cell: (row) => row.topics.map((one) => t(`topic_${one}`)).join(', '), lesser: true },
    { name: 'by', title: t('addedBy'), width: 'minmax(120px, 1fr)', cell: (row) => row.by_name, lesser: true },
  ];
  return (
    <Section
      title={t('webhooks')}
      hint={t('webhooksHint')}
      add={{ to: pathToNew(SECTION), label: t('addWebhook') }}
      pane={
        adding ? (
          <AddWebhook onClose={shut} onDone={(made) => (setSecret(made), asked.again(), goTo(pathToOne(SECTION, made.id)))} />
        ) : (
          chosen && (
            <Pane key={chosen.id} kind={t('webhook')} title={chosen.url} onClose={shut}>
              <div className="ui-pane-body">
                {secret?.id === chosen.id && (
                  <Alert color="teal" py={8}>
                    <Text size="sm">{t('secretOnce')}</Text>
                    <Copyable label={t('secret')} value={secret.secret} />
                  </Alert>
                )}
                <dl className="facts">
                  <dt>{t('organisation')}</dt>
                  <dd>{names.of(chosen.organisation)}</dd>
                  <dt>{t('topics')}</dt>
                  <dd>{chosen.topics.map((one) => t(`topic_${one}`)).join(', ')}</dd>
                  <dt>{t('addedBy')}</dt>
                  <dd>
                    {chosen.by_name}, {instantOf(chosen.created_at)}
                  </dd>
                </dl>
                <Deliveries id={chosen.id} />
                <Remove label={t('removeWebhook')} hint={t('removeWebhookHint')} work={() => api.removeWebhook(chosen.id)} onDone={() => (asked.again(), shut())} />
              </div>
            </Pane>
          )
        )
      }
    >
      <RecordList label={t('webhooks')} rows={asked.data ?? []} columns={columns} keyOf={(row) => row.id} to={(row) => pathToOne(SECTION, row.id)} selected={id ?? undefined} busy={asked.busy} problem={asked.problem} again={asked.again} empty={t('noWebhooks')} hint={t('noWebhooksHint')} />
    </Section>
  );
}

function AddWebhook({ onClose, onDone }: { onClose: () => void; onDone: (made: { id: string; secret: string }) => void }) {
  const { t } = useTranslation('admin');
  const home = useStore((state) => state.me?.organisation.id ?? null);
  const form = useForm({ organisation: home, url: '', topics: ['incident', 'alert'] });
  const send = () =>
    form.send(async () => {
      const made = await api.addWebhook(form.values);
      sayDone('added');
      onDone(made);
    });
  return (
    <Pane kind={t('addWebhook')} title={t('newOne')} onClose={onClose}>
      <div className="ui-pane-body">
        <PaneForm form={form} ready onSend={send} button={t('add')}>
          <Stack gap="sm">
            <TextInput label={t('url')} description={t('urlHint')} required placeholder="https://" {...textOf(form, 'url')} />
            <OrganisationSelect label={t('organisation')} description={t('webhookHomeHint')} {...valueOf(form, 'organisation')} />
            <MultiSelect label={t('topics')} data={TOPICS.map((value) => ({ value, label: t(`topic_${value}`) }))} {...valueOf(form, 'topics')} />
          </Stack>
        </PaneForm>
      </div>
    </Pane>
  );
}

function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation('admin');
  const asked = useAsked(() => api.deliveries(id), [id]);
  return (
    <section className="ui-tools" aria-label={t('deliveries')}>
      <Text fw={600}>{t('deliveries')}</Text>
      <Answered asked={asked}>
        {(all) =>
          all.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noDeliveries')}
            </Text>
          ) : (
            <ul className="ui-rows">
              {all.map((one) => (
                <li key={one.happening}>
                  <div>
                    <Text size="sm">
                      {t(`topic_${one.topic}`)} · {instantOf(one.at)}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t('attemptsOf', { count: one.attempts })} {one.answer ?? ''}
                    </Text>
                  </div>
                  <Badge variant="light" color={one.taken ? 'teal' : one.ended_at ? 'red' : 'yellow'}>
                    {t(one.taken ? 'taken' : one.ended_at ? 'givenUp' : 'waiting')}
                  </Badge>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  );
}
