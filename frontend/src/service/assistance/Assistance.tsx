/** Help and assistance of households. */
import { useTranslation } from 'react-i18next';
import { Room } from '../Room';
import { CasePane } from './CasePane';
import { NewCase } from './NewCase';
import { KINDS, STATES, type HelpCase } from './types';

export default function Assistance() {
  const { t } = useTranslation('service');
  return (
    <Room<HelpCase>
      name="assistance" path="/assistance" states={STATES} flags={['overdue']} kinds={KINDS}
      row={(one) => ({ title: one.title, at: one.visited_at ?? one.created_at, line: [t(one.kind), one.address ?? one.organisation_name, one.helper_name].filter(Boolean).join(' · '), state: one.state })}
      pane={(id, onChange) => <CasePane id={id} onChange={onChange} />}
      create={(onMade) => <NewCase onMade={onMade} />}
    />
  );
}
