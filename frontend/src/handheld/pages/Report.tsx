/** The six functions of a handheld as tiles, and how the member's own reports go. */
import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconBook, IconClipboardCheck, IconClipboardList, IconFileDescription, IconHeartHandshake, IconMessage, IconPackage, IconShieldCheck, IconSpeakerphone } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../../format/moments';
import { toSign } from '../distribution';
import type { PageName } from '../route';
import { useHandheld } from '../store';
import { isOpen } from '../tasks/tasks';
import { Dim, Heading, KindName, Priority, To } from './parts';

interface Tile {
  page: PageName;
  name: string;
  icon: ComponentType<{ size: number }>;
  count?: number;
  danger?: boolean;
}

export function ReportPage() {
  const { t } = useTranslation('handheld');
  const { tasks, notices, alerts, distributions, cases } = useHandheld();
  const open = tasks.filter(isOpen);
  const verifying = open.filter((task) => task.purpose === 'verify');
  const urgent = verifying.filter((task) => task.incident.priority === 1).length + alerts.length;
  const tiles: Tile[] = [
    { page: 'incident', name: 'reportIncident', icon: IconSpeakerphone },
    { page: 'emergency', name: 'emergencyReport', icon: IconAlertTriangle, danger: true },
    { page: 'tasks', name: 'handling', icon: IconClipboardList, count: open.length - verifying.length },
    { page: 'tasks', name: 'verification', icon: IconClipboardCheck, count: verifying.length },
    { page: 'tasks', name: 'emergencyVerification', icon: IconShieldCheck, count: urgent },
    { page: 'registry', name: 'registry', icon: IconFileDescription },
    { page: 'help', name: 'help', icon: IconHeartHandshake, count: cases.length },
    { page: 'distribution', name: 'distribution', icon: IconPackage, count: distributions.reduce((sum, one) => sum + toSign(one).length, 0) },
    { page: 'diary', name: 'diary', icon: IconBook },
    { page: 'messages', name: 'notices', icon: IconMessage, count: notices.filter((one) => one.read_at === null).length },
  ];
  return (
    <>
      <Heading>{t('functions')}</Heading>
      <div className="tiles">
        {tiles.map((tile) => (
          <Shown key={tile.name} {...tile} />
        ))}
      </div>
      <Reports />
    </>
  );
}

function Shown({ page, name, icon: Icon, count, danger }: Tile) {
  const { t } = useTranslation('handheld');
  return (
    <To page={page} className={`card tile${danger ? ' danger' : ''}`} testId={`function-${name}`}>
      <Group justify="space-between">
        <Icon size={26} aria-hidden />
        {count ? (
          <Badge circle size="lg" color="#c2153b" c="#ffffff">
            {count}
          </Badge>
        ) : null}
      </Group>
      <Text fw={650} lh={1.25}>
        {t(name)}
      </Text>
    </To>
  );
}

function Reports() {
  const { t } = useTranslation('handheld');
  const { reports, carrier } = useHandheld();
  const mine = reports.filter((one) => one.reporter_member === carrier?.member.id);
  return (
    <section>
      <Title order={2} size="h5" mt="lg" mb={8}>
        {t('myReports')}
      </Title>
      <Stack gap={8}>
        {mine.length === 0 && <Dim>{t('noReports')}</Dim>}
        {mine.map((report) => (
          <article key={report.id} className="card" data-testid="report" data-priority={report.priority}>
            <Group justify="space-between">
              <Group gap={6}>
                <Priority incident={report} />
                <Badge variant="outline" color="gray" c="inherit" radius="sm">
                  {t(`incident_${report.state}`)}
                </Badge>
              </Group>
              <Dim>{momentOf(report.reported_at)}</Dim>
            </Group>
            <Text fw={650} mt={4}>
              <KindName incident={report} />
            </Text>
            <Text size="sm" className="said" lineClamp={3}>
              {report.description}
            </Text>
            <Dim>{report.id}</Dim>
          </article>
        ))}
      </Stack>
    </section>
  );
}
