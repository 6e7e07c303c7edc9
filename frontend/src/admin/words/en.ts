/** English. Keys are short forms of the words; those with "_" before a value of the server's name that value. */
export const en = {
  administration: 'Administration', notYours: 'This page is for administrators', notYoursHint: 'Ask an administrator of your organisation for what you need here.',
  organisations: 'Organisations', members: 'Members', devices: 'Devices', users: 'Users', roles: 'Roles', kinds: 'Kinds and limits', shifts: 'Shifts',
  imports: 'Imports', geofences: 'Geofences', webhooks: 'Webhooks', grids: 'Grids',

  loading: 'Loading', save: 'Save', add: 'Add', saved: 'Saved', added: 'Added', removed: 'Removed', clear: 'Clear',
  copy: 'Copy', copied: 'Copied', newOne: 'New', nothingFound: 'Nothing matches', typeName: 'Type a name', yes: 'yes', no: 'no', show: 'Show', removeYes: 'Yes, remove it',
  id: 'Id', name: 'Name', code: 'Code', state: 'State', active: 'Active', inactive: 'Inactive', retired: 'Retired', inUse: 'in use', link: 'Link', note: 'Note', from: 'From', until: 'Until',
  everyOrganisation: 'Every organisation', everyClass: 'Every class', everyRole: 'Every role',

  organisation: 'Organisation', addOrganisation: 'Add an organisation', organisationsHint: 'The tree from the city down to its grids: it decides who sees whom.', level: 'Level', territory: 'Territory', below: 'Below',
  noTerritory: 'No territory yet: import it as GeoJSON under Imports.', parent: 'Stands below', parentHint: 'A new parent moves the whole subtree.', idHint: 'Stays as it is; other systems and files refer to it.', itsMembers: 'Its members', addBelow: 'Add one below it',
  level_city: 'City', level_district: 'District', level_street: 'Street', level_community: 'Community', level_grid: 'Grid', level_department: 'Department',

  member: 'Member', addMember: 'Add a member', membersHint: 'Who walks the grids and is dispatched. The organisation decides who sees a member.', noMembers: 'No members yet', noMembersHint: 'Add one, or import a file of them.',
  posts: 'Posts', postsHint: 'The main one first.', furtherGrids: 'Further grids', gridsHint: 'Worked in beside the organisation.', skills: 'Skills', skillsHint: 'Words that kinds of incidents ask for.', phone: 'Telephone', duty: 'Duty',
  onDuty: 'On duty', offDuty: 'Off shift', isOnDuty: 'On duty', dutyHint: 'Off shift, a member is not recommended. Shifts set this, too.', memberIdHint: 'Such as a staff number; stays as it is.', carriesNone: 'Carries no device.',
  handheld: 'Our own handheld page', handheldHint: 'The phone reads this code and is the member’s handheld from then on. It is good once, for fifteen minutes.', handheldCode: 'Code for the handheld', showCode: 'Show a code', codeUntil: 'Good until {{time}}',

  post: 'Post', addPost: 'Add a post', postsSectionHint: 'What members are, the skills that a post brings, and how many of each an organisation needs.', postsReadHint: 'What members are. Administrators of the whole city change it.', anyLevel: 'any', presets: 'Staffing presets', preset: 'Staffing preset',
  addPreset: 'Add a preset', wanted: 'Wanted', wantedHint: 'In each organisation of the level; 0: they count, and none must be.', postSkillsHint: 'Whoever holds the post can do this, beside his own skills.', postCodeHint: 'Stays as it is.', postRetiredHint: 'Offered no more.',
  staffing: 'Staffing', staffedBy: 'Presets chosen here', staffedByHint: 'They count for all of their level below, until another is chosen nearer.', present: 'Present', shortfall: 'Missing', noStaffing: 'No preset counts here.', shortTotal: 'Organisations that miss somebody: {{count}}',

  device: 'Device', addDevice: 'Add a device', adoptDevice: 'Take a device in', adopt: 'Take it in', devicesHint: 'The terminals that report positions, who carries them, and how a phone is set up.', noDevices: 'No devices yet', noDevicesHint: 'Add one: its QR code sets a phone up.',
  devices_used: 'In use', devices_retired: 'Retired', devices_unknown: 'Unknown', carriedBy: 'Carried by', token: 'Token', noToken: 'no token', hasToken: 'has a token', tokenWanted: 'token required', dialect: 'Units', dialect_usual: 'usual', dialect_osmand: 'OsmAnd app',
  dialectHint: 'The OsmAnd app says speed in m/s where others say knots.', deviceId: 'Device id', deviceIdHint: 'As the device calls itself: IMEI, phone number, or a name of your own.', deviceHomeHint: 'Empty: your own. A device that is carried belongs where its member does.',
  ownTokenHint: 'Empty: a random one is made.', requireToken: 'Refuse it without its token', requireTokenHint: 'Else it may speak some protocols by its id alone.', reading: 'How it is read', staleAfter: 'Stale after', silentAfter: 'Silent after', serversHint: 'Empty: the server’s own.',
  retiredHint: 'Its fixes are refused from now on; its history stays.', newToken: 'Give it another token', newTokenYes: 'Yes, another token', newTokenHint: 'The present token is refused from then on: the phone must be set up again.',
  tokenOnce: 'The token is told only now: set the phone up, or copy it.', setup: 'Set a phone up', phoneApp: 'Phone app', needsToken: 'This app needs the token, and the server told it only once. Give the device another one to see the code.', localHint: 'This page was opened at an address that only this computer knows: phones need the server’s own.',
  qrOf: 'QR code for {{app}}', openOnPhone: 'Open on this phone', profileFile: 'Profile file',
  how_traccar: 'in its settings choose the QR code, or type the two fields.', how_owntracks: 'scan with the camera, or under Configuration import by URL. iOS asks before it takes it.', how_overland: 'scan with the camera: the link opens the app.',
  how_gpslogger: 'load the profile file, or scan the code and paste the address under “Log to custom URL”.', how_osmand: 'in Trip recording, Online tracking, paste this web address; set the units of this device to “OsmAnd app”.',
  field_deviceIdentifier: 'Device identifier', field_serverUrl: 'Server URL', field_mode: 'Mode', field_url: 'URL', field_userName: 'User name', field_password: 'Password', field_deviceId: 'Device id', field_receiverUrl: 'Receiver endpoint URL',
  field_accessToken: 'Access token', field_customUrl: 'Custom URL', field_httpMethod: 'HTTP method', field_webAddress: 'Web address', field_trackingInterval: 'Tracking interval',
  protocol: 'Protocol', address: 'From', lastSeen: 'Last seen', attempts: 'Attempts', noStrangers: 'Nobody knocks', noStrangersHint: 'Devices that report and are not registered stand here until somebody takes them in.',

  user: 'User', addUser: 'Add a user', usersHint: 'Who signs in here: a role says what may be done, an organisation where.', role: 'Role', disabled: 'Disabled', disabledHint: 'Signed out at once, and may not sign in.', userHomeHint: 'Sees this subtree and nothing else.',
  userMemberHint: 'Whose handheld the user holds.', userName: 'User name', userNameHint: 'Letters, digits and . _ @ + -; stays as it is.', password: 'Password', passwordHint: 'Ten characters or more are wise.', newPassword: 'New password', passwordEnds: 'All sessions of the user end.', setPassword: 'Set the password', passwordSet: 'The password is set',
  showPassword: 'Show the password', sessions: 'Sessions', noSessions: 'Nobody is signed in.', thisSession: 'this one', sinceUntil: '{{since}} to {{until}}', end: 'End', yourself: 'This is you: another administrator changes your role, so that nobody locks himself out.', whatMay: 'What this role may do',
  rolesHint: 'What each role may do within its organisation’s subtree, as the server’s own description has it.', operation: 'Operation', mayDo: 'may', mayNot: 'may not', show_all: 'All', show_changes: 'Changes', show_reads: 'Reads',
  role_administrator: 'Administrator', role_commander: 'Commander', role_dispatcher: 'Dispatcher', role_supervisor: 'Supervisor', role_officer: 'Officer', role_member: 'Member', role_observer: 'Observer',
  may_administrator: 'Changes the registry: organisations, members, devices, users.', may_commander: 'Leads: dispatches, and approves what others ask for.', may_dispatcher: 'Accepts incidents and sends members.', may_supervisor: 'Checks what was done, and plans shifts.',
  may_officer: 'Handles incidents of the department.', may_member: 'Sees nothing but himself and his own assignments.', may_observer: 'Reads; changes nothing.',
  tag_session: 'Sign-in', tag_users: 'Users', tag_organisations: 'Organisations', tag_members: 'Members', tag_devices: 'Devices', tag_positions: 'Positions', tag_history: 'History', tag_geofences: 'Geofences', tag_imports: 'Imports', tag_kinds: 'Kinds', tag_incidents: 'Incidents',
  tag_assignments: 'Assignments', tag_reports: 'Reports', tag_alerts: 'Alerts', tag_notices: 'Notices', tag_channels: 'Intercom', tag_intercom: 'Intercom', tag_shifts: 'Shifts', tag_webhooks: 'Webhooks', tag_handheld: 'Handheld', tag_posts: 'Posts', tag_past: 'Time machine',

  kind: 'Kind', addKind: 'Add a kind', kindsHint: 'What may be reported, after GB/T 30428: how urgent it is, and how long each step may take.', kindsReadHint: 'What may be reported, after GB/T 30428. Administrators of the whole city change it.', class: 'Class', category: 'Category',
  category_component: 'Component', category_event: 'Event', priority: 'Priority', priority_1: '1 emergency', priority_2: '2 urgent', priority_3: '3 normal', priority_4: '4 low', limits: 'Limits', limitsHint: 'Accept, arrive, handle, verify: 15m, 2h, 7d.', limitBad: 'Such as 15m, 2h or 7d',
  accept_s: 'Accept within', arrive_s: 'Arrive within', handle_s: 'Handle within', verify_s: 'Verify within', department: 'Department', nameEn: 'Name, English', nameZh: 'Name, Chinese', kindRetiredHint: 'Takes no new incidents.',

  shifts_week: 'Week', shifts_now: 'On shift now', onShiftNow: 'On shift now', nobodyOnShift: 'Nobody is on a shift now', nobodyOnShiftHint: 'Shifts of this hour and their people stand here.',
  organisations_tree: 'Tree', organisations_faults: 'Faults of territories', faults: 'Faults of territories', fault: 'Fault', fault_overlap: 'overlap', fault_gap: 'gap', fault_outside: 'beyond its parent', fault_invalid: 'border crosses itself', faultWith: 'With', place: 'Place', area: 'Area', noFaults: 'The territories are in order', noFaultsHint: 'None overlap, leave gaps or lie beyond their parent’s.',
  shift: 'Shift', addShift: 'Add a shift', shiftsHint: 'Who is on duty when: members go on and off duty with their shifts.', weekBefore: 'Week before', weekAfter: 'Week after', thisWeek: 'This week', weekOf: 'Week of {{day}}', noShifts: 'No shifts in this week', noShiftsHint: 'Add one, or look at another week.',
  people: '{{count}} on it', dayShift: 'Day shift', shiftMembersHint: 'On duty from its begin to its end.', removeShift: 'Remove the shift', removeShiftHint: 'Who is on duty by it alone goes off duty.', handOver: 'Hand over', handOvers: 'Handed over', handOverHint: 'One member’s open assignments go to another, all or none.',
  handFrom: 'From', handTo: 'To', handedOver: 'Handed over', incidentCount: '{{count}} incidents',

  importsHint: 'CSV, XLSX or GeoJSON: all of the file is stored, or nothing. Every refused row is told.', importsCity: 'Files are imported by administrators of the whole city', importsCityHint: 'Here you add and change one at a time, within your organisation.', whatIs: 'What the file holds', file: 'File', fileHint: 'CSV (UTF-8), XLSX or GeoJSON, at most 32 MiB; or drop it here.',
  chooseFile: 'Choose a file', columns: 'Columns', columnsHint: 'Bold ones are required. A column that is not there keeps what is stored; an empty cell empties it.', skipBad: 'Keep the good rows', skipBadHint: 'Else nothing is stored when one row is refused.', checkOnly: 'Check only', import: 'Import',
  exportThese: 'What stands, as a file: {{what}}', report: 'Report', reportChecked: '{{rows}} rows read: {{good}} good, {{refused}} refused. Nothing was stored.', reportCounts: '{{stored}} of {{rows}} rows stored, {{refused}} refused.', reportIgnored: 'Columns that mean nothing here: {{columns}}',
  reportWarnings: 'To be looked at: {{count}}',
  refusedRows: '{{count}} refused rows', refusedFirst: 'The first {{shown}} of {{count}} refused rows', asCsv: 'As CSV', line: 'Line', field: 'Field', reason: 'Reason', checkedGood: 'The file is good', checkedBad: 'Some rows would be refused', importedAll: 'Imported', importedSome: 'Imported without the refused rows', importedNone: 'Nothing was stored',

  geofence: 'Geofence', geofencesHint: 'Watched areas: who enters and leaves is noted, and may raise an alert. They are drawn on the map.', noGeofences: 'No geofences yet', noGeofencesHint: 'Draw one on the map.', shape: 'Shape', shape_polygon: 'Polygon', shape_circle: 'Circle', alertOn: 'Alert on', alert_none: 'nothing', alert_enter: 'entering', alert_exit: 'leaving', alert_both: 'entering and leaving',
  dwell: 'Dwell', dwellHint: 'Across the border for so long until it counts.', removeGeofence: 'Remove the geofence', removeGeofenceHint: 'Its events go with it.',

  webhook: 'Webhook', addWebhook: 'Add a webhook', webhooksHint: 'What happens is posted to other systems, signed, at least once.', noWebhooks: 'No webhooks yet', noWebhooksHint: 'Add the address of a system that wants to know.', url: 'Address', urlHint: 'https, as the server reaches it.', topics: 'Topics', addedBy: 'Added by', webhookHomeHint: 'Told of this subtree.',
  topic_incident: 'Incidents', topic_alert: 'Alerts', topic_notice: 'Notices', topic_channel: 'Intercom', topic_shift: 'Shifts', secret: 'Secret', secretOnce: 'The secret signs the deliveries, and is told only now.', deliveries: 'Deliveries of the last week', noDeliveries: 'None yet.', attemptsOf: 'Attempts: {{count}}.', taken: 'taken', givenUp: 'given up', waiting: 'waiting',
  removeWebhook: 'Remove the webhook', removeWebhookHint: 'Nothing is posted there any more.',
};
