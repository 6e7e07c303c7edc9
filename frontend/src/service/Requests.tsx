/** Requests of citizens. */
import { useTranslation } from 'react-i18next';
import { RequestPane } from './RequestPane';
import { Room } from './Room';
import { KINDS, STATES, type CitizenRequest } from './types';

export default function Requests() {
  const { t } = useTranslation('service');
  return (
    <Room<CitizenRequest>
      name="requests" path="/requests" states={STATES} flags={['to_follow_up']} kinds={KINDS}
      row={(one) => ({ title: one.subject, at: one.created_at, line: `${t(one.kind)} · ${one.organisation_name}`, state: one.state, unread: one.unread })}
      pane={(id, onChange) => <RequestPane id={id} onChange={onChange} />}
    />
  );
}
