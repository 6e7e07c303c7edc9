/** Offers and needs, and what suits what. */
import { useTranslation } from 'react-i18next';
import { Room } from '../Room';
import { ListingPane } from './ListingPane';
import { NewListing } from './NewListing';
import { CATEGORIES, STATES, type Listing } from './types';

export default function Matching() {
  const { t } = useTranslation('service');
  return (
    <Room<Listing>
      name="matching" path="/listings" states={STATES} kinds={CATEGORIES}
      row={(one) => ({ title: one.title, at: one.created_at, line: `${t(one.side)} · ${t(one.category)} · ${one.organisation_name}`, state: one.state })}
      pane={(id, onChange) => <ListingPane id={id} onChange={onChange} />}
      create={(onMade) => <NewListing onMade={onMade} />}
    />
  );
}
