/** Distributions of commodities to the households of an area. */
import { useTranslation } from 'react-i18next';
import { useAsked } from '../../ui/useAsked';
import { Room } from '../Room';
import * as api from './api';
import { DistributionPane } from './DistributionPane';
import { NewDistribution } from './NewDistribution';
import { goodsLine } from './state';
import type { Distribution } from './types';

export default function Distributions() {
  const { t, i18n } = useTranslation('service');
  const commodities = useAsked(api.commodities, []).data ?? [];
  return (
    <Room<Distribution>
      name="distribution" path="/distributions" states={['closed']}
      row={(one) => ({ title: one.title, at: one.created_at, line: `${t('signedOf', { received: one.received, households: one.households })} · ${goodsLine(i18n.language, commodities, one.goods)}`, state: one.state })}
      pane={(id, onChange) => <DistributionPane id={id} commodities={commodities} onChange={onChange} />}
      create={(onMade) => <NewDistribution commodities={commodities} onMade={onMade} />}
    />
  );
}
