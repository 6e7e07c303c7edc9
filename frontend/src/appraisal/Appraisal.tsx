/** Appraisal: league tables, scores explained, objections, falsifications, the work diary, rules, frozen periods. */
import { useTranslation } from 'react-i18next';
import { APPROVERS } from '../app/roles';
import { goTo, pathOf, useRoute } from '../app/route';
import { useStore } from '../state/store';
import { TitledTabs } from '../ui/TitledTabs';
import { Diary } from './Diary';
import { Falsifications } from './Falsifications';
import { Frozen } from './Frozen';
import { Objections } from './Objections';
import { Ranking } from './Ranking';
import { RulesTab } from './Rules';
import './appraisal.css';
import './words';

const TABS = ['ranking', 'objections', 'falsifications', 'diary', 'rules', 'frozen'] as const;

export default function Appraisal() {
  const { t } = useTranslation('appraisal');
  const { rest } = useRoute();
  const judge = useStore((state) => APPROVERS.has(state.me?.role ?? ''));
  const shown = TABS.filter((one) => judge || one !== 'falsifications');
  const tab = shown.find((one) => one === rest[0]) ?? 'ranking';
  return (
    <div className="appraisal" data-testid="appraisal">
      <TitledTabs page="appraisal" title={t('title')} tabs={shown} label={(one) => t(one)} value={tab} onChange={(to) => goTo(pathOf('appraisal', to === 'ranking' ? [] : [to]))} />
      {tab === 'ranking' && <Ranking />}
      {tab === 'objections' && <Objections judge={judge} />}
      {tab === 'falsifications' && <Falsifications />}
      {tab === 'diary' && <Diary judge={judge} />}
      {tab === 'rules' && <RulesTab />}
      {tab === 'frozen' && <Frozen judge={judge} />}
    </div>
  );
}
