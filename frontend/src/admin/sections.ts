/** The sections, in the order of the rail; the code of each is fetched when it is first looked at. */
import { IconBriefcase, IconBuildingCommunity, IconCalendarTime, IconCategory, IconDeviceMobile, IconFence, IconFileImport, IconShieldLock, IconUsers, IconUserShield, IconWebhook, type Icon } from '@tabler/icons-react';
import { lazy, type FunctionComponent, type LazyExoticComponent } from 'react';

export interface SectionView {
  name: string;
  icon: Icon;
  view: LazyExoticComponent<FunctionComponent>;
}

export const SECTIONS: readonly SectionView[] = [
  { name: 'organisations', icon: IconBuildingCommunity, view: lazy(() => import('./organisations/Organisations')) },
  { name: 'members', icon: IconUsers, view: lazy(() => import('./members/Members')) },
  { name: 'posts', icon: IconBriefcase, view: lazy(() => import('./posts/Posts')) },
  { name: 'devices', icon: IconDeviceMobile, view: lazy(() => import('./devices/Devices')) },
  { name: 'users', icon: IconUserShield, view: lazy(() => import('./users/Users')) },
  { name: 'roles', icon: IconShieldLock, view: lazy(() => import('./users/Roles')) },
  { name: 'kinds', icon: IconCategory, view: lazy(() => import('./kinds/Kinds')) },
  { name: 'shifts', icon: IconCalendarTime, view: lazy(() => import('./shifts/Shifts')) },
  { name: 'imports', icon: IconFileImport, view: lazy(() => import('./imports/Imports')) },
  { name: 'geofences', icon: IconFence, view: lazy(() => import('./geofences/Geofences')) },
  { name: 'webhooks', icon: IconWebhook, view: lazy(() => import('./webhooks/Webhooks')) },
];
