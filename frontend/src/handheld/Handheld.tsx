/** Signed in or not; status at the head, the page, tabs at the foot. */
import { Alert, Button, MantineProvider } from '@mantine/core';
import { type ComponentType, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { colours, look } from '../app/look';
import { Diary } from './diary/Diary';
import { ScorePage } from './diary/Score';
import { Channel } from './pages/Channel';
import { DistributionPage } from './pages/Distribution';
import { Help } from './pages/Help';
import { MePage } from './pages/Me';
import { Messages } from './pages/Messages';
import { Registry } from './pages/Registry';
import { ReportForm } from './pages/ReportForm';
import { ReportPage } from './pages/Report';
import { SignIn } from './pages/SignIn';
import { SosPage } from './pages/Sos';
import { TaskPage } from './pages/Task';
import { Tasks } from './pages/Tasks';
import { Tracking } from './pages/Tracking';
import { Unsent } from './pages/Unsent';
import { FormPage } from './registry/FormPage';
import { InspectionPage } from './registry/InspectionPage';
import { InspectionsPage } from './registry/InspectionsPage';
import { HouseholdPage } from './registry/HouseholdPage';
import { type PageName, useRoute } from './route';
import { start } from './service';
import { Status } from './Status';
import { useHandheld } from './store';
import { Tabs } from './Tabs';
import { takeNewer } from './worker/register';

const PAGES: Record<PageName, ComponentType<{ id: string | null }>> = {
  tasks: Tasks, task: TaskPage, report: ReportPage, incident: () => <ReportForm />, emergency: () => <ReportForm isEmergency />, registry: Registry,
  household: HouseholdPage, form: FormPage, inspections: InspectionsPage, inspection: InspectionPage,
  messages: Messages, channel: Channel, me: MePage, tracking: Tracking, unsent: Unsent, sos: SosPage, distribution: DistributionPage,
  diary: Diary, score: ScorePage, help: Help,
};

/** Set by the link of the QR code. */
const codeOf = (hash: string): string | null => /^#enrol=([\w-]{1,64})$/.exec(hash)?.[1] ?? null;

export function Handheld() {
  const { phase, theme } = useHandheld();
  const code = codeOf(location.hash);
  useEffect(() => void start(), []);
  return (
    <MantineProvider theme={look} cssVariablesResolver={colours} forceColorScheme={theme}>
      {phase === 'signedOut' || (phase === 'signedIn' && code) ? <SignIn code={code} /> : phase === 'signedIn' && <Shell />}
    </MantineProvider>
  );
}

function Shell() {
  const { t } = useTranslation('handheld');
  const { page, id } = useRoute();
  const { newer, lost } = useHandheld();
  const Page = PAGES[page];
  return (
    <div className="handheld">
      <Status />
      <main className={page === 'channel' ? 'flush' : ''} key={`${page}/${id}`} data-page={page}>
        {lost && <Lost />}
        {newer && (
          <Alert mb="sm" title={t('newer')}>
            <Button onClick={takeNewer}>{t('reload')}</Button>
          </Alert>
        )}
        <Page id={id} />
      </main>
      <Tabs />
    </div>
  );
}

function Lost() {
  const { t } = useTranslation('handheld');
  return (
    <Alert color="red" role="alert" mb="sm" data-testid="lost">
      {t('lost')} {t('lostOther')}
      <Button mt="sm" fullWidth onClick={() => useHandheld.setState({ phase: 'signedOut' })}>
        {t('signInAgain')}
      </Button>
    </Alert>
  );
}
