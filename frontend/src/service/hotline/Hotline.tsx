/** The hotline: calls, and what became of each. */
import { useTranslation } from 'react-i18next';
import { Room } from '../Room';
import { KINDS } from '../types';
import { CallPane } from './CallPane';
import { NewCall } from './NewCall';
import { waits } from './state';
import { STATES, type HotlineCall } from './types';

export default function Hotline() {
  const { t } = useTranslation('service');
  return (
    <Room<HotlineCall>
      name="calls" path="/calls" states={STATES} flags={['call_back']} kinds={KINDS}
      row={(one) => ({ title: one.subject, at: one.created_at, line: [t(one.kind), one.organisation_name, one.telephone].filter(Boolean).join(' · '), state: one.state, unread: one.state === 'done' && waits(one) })}
      pane={(id, onChange) => <CallPane id={id} onChange={onChange} />}
      create={(onMade) => <NewCall onMade={onMade} />}
    />
  );
}
