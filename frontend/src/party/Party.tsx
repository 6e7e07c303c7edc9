/** The desk of party building: what is published, the service windows, and how the public finds them. */
import { useTranslation } from 'react-i18next';
import { goTo, pathOf, useRoute } from '../app/route';
import { addWords } from '../i18n';
import { en as publicEn, zh as publicZh } from '../public/party/words';
import { en as serviceEn, zh as serviceZh } from '../service/words';
import { TitledTabs } from '../ui/TitledTabs';
import { Evaluations } from './Evaluations';
import { Opinions } from './Opinions';
import './party.css';
import { Publications } from './Publications';
import { Surveys } from './Surveys';
import { WindowsDesk } from './WindowsDesk';
import { en, zh } from './words';

addWords('partyDesk', { en, zh });
addWords('party', { en: publicEn, zh: publicZh }); // of Results
addWords('service', { en: serviceEn, zh: serviceZh }); // of OrganisationChoice

const TABS = ['publications', 'opinions', 'surveys', 'windows', 'evaluations'] as const;
const SHOWN = { publications: Publications, opinions: Opinions, surveys: Surveys, windows: WindowsDesk, evaluations: Evaluations };

export default function Party() {
  const { t } = useTranslation('partyDesk');
  const { rest } = useRoute();
  const tab = TABS.find((one) => one === rest[0]) ?? 'publications';
  const Shown = SHOWN[tab];
  return (
    <div className="party" data-testid="party">
      <TitledTabs page="party" className="party-head" title={t('title')} tabs={TABS} label={(one) => t(one)} value={tab} onChange={(to) => goTo(pathOf('party', [to]))} />
      <Shown rest={rest.slice(1)} />
    </div>
  );
}
