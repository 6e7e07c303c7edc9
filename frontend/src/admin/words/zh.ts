/** Chinese, every key that English has. */
import type { en } from './en';

export const zh: { [K in keyof typeof en]: string } = {
  administration: '系统管理', notYours: '此页面仅供管理员使用', notYoursHint: '如有需要,请联系本组织的管理员。',
  organisations: '组织机构', members: '网格员', devices: '终端', users: '用户', roles: '角色', kinds: '案件类别与时限', shifts: '班次',
  imports: '数据导入', geofences: '电子围栏', webhooks: '数据推送', grids: '网格',

  loading: '加载中', save: '保存', add: '添加', saved: '已保存', added: '已添加', removed: '已删除', clear: '清除',
  copy: '复制', copied: '已复制', newOne: '新建', nothingFound: '无匹配结果', typeName: '输入姓名', yes: '有', no: '无', show: '显示', removeYes: '确认删除',
  id: '编号', name: '名称', code: '代码', state: '状态', active: '启用', inactive: '停用', retired: '已停用', inUse: '使用中', link: '链接', note: '备注', from: '开始', until: '结束',
  everyOrganisation: '全部组织', everyClass: '全部大类', everyRole: '全部角色',

  organisation: '组织', addOrganisation: '添加组织', organisationsHint: '从城市到网格的组织树,决定谁能看到谁。', level: '层级', territory: '辖区', below: '下级',
  noTerritory: '尚无辖区边界:请在“数据导入”中导入 GeoJSON。', parent: '上级组织', parentHint: '更换上级时,整个下级随之移动。', idHint: '编号不可更改,供其他系统和文件引用。', itsMembers: '所属网格员', addBelow: '添加下级组织',
  level_city: '市', level_district: '区', level_street: '街道', level_community: '社区', level_grid: '网格', level_department: '部门',

  member: '网格员', addMember: '添加网格员', membersHint: '巡查网格并接受调度的人员;所属组织决定谁能看到他们。', noMembers: '暂无网格员', noMembersHint: '请添加,或导入文件。',
  posts: '岗位', postsHint: '主要岗位排在首位。', furtherGrids: '兼管网格', gridsHint: '除所属组织外负责的网格。', skills: '技能', skillsHint: '案件类别所要求的技能词。', phone: '电话', duty: '值班',
  onDuty: '在岗', offDuty: '下班', isOnDuty: '在岗', dutyHint: '下班人员不会被推荐;班次也会更改此状态。', memberIdHint: '如工号,不可更改。', carriesNone: '未携带终端。',
  handheld: '本系统手持端', handheldHint: '手机扫描此码后即成为该网格员的手持端。仅可使用一次,十五分钟内有效。', handheldCode: '手持端注册码', showCode: '显示注册码', codeUntil: '有效期至 {{time}}',

  post: '岗位', addPost: '添加岗位', postsSectionHint: '网格员的岗位、岗位自带的技能,以及各组织所需人数。', postsReadHint: '网格员的岗位,由全市管理员维护。', anyLevel: '不限', presets: '编制模板', preset: '编制模板',
  addPreset: '添加模板', wanted: '应配', wantedHint: '该层级每个组织所需人数;0 表示计入但不要求。', postSkillsHint: '担任此岗位者除自身技能外所具备的技能。', postCodeHint: '不可更改。', postRetiredHint: '不再供选择。',
  staffing: '编制', staffedBy: '此处选用的模板', staffedByHint: '适用于下级中该层级的所有组织,就近选用者优先。', present: '现有', shortfall: '缺员', noStaffing: '此处没有适用的模板。', shortTotal: '缺员的组织:{{count}} 个',

  device: '终端', addDevice: '添加终端', adoptDevice: '接纳终端', adopt: '接纳', devicesHint: '上报位置的终端、携带者,以及手机的设置方法。', noDevices: '暂无终端', noDevicesHint: '添加终端后,用二维码即可设置手机。',
  devices_used: '使用中', devices_retired: '已停用', devices_unknown: '未知终端', carriedBy: '携带者', token: '令牌', noToken: '无令牌', hasToken: '有令牌', tokenWanted: '必须令牌', dialect: '单位', dialect_usual: '通用', dialect_osmand: 'OsmAnd 应用',
  dialectHint: 'OsmAnd 应用的速度单位为米/秒,其他应用为节。', deviceId: '终端编号', deviceIdHint: '终端自报的编号:IMEI、手机号或自定名称。', deviceHomeHint: '留空为本组织;有携带者的终端随携带者归属。',
  ownTokenHint: '留空则自动生成。', requireToken: '无令牌时拒绝', requireTokenHint: '否则部分协议仅凭编号即可上报。', reading: '读取方式', staleAfter: '陈旧时限', silentAfter: '失联时限', serversHint: '留空则用服务器默认值。',
  retiredHint: '此后拒收其定位,历史记录保留。', newToken: '更换令牌', newTokenYes: '确认更换令牌', newTokenHint: '当前令牌将失效,手机需重新设置。',
  tokenOnce: '令牌仅此一次显示:请立即设置手机或复制。', setup: '设置手机', phoneApp: '手机应用', needsToken: '此应用需要令牌,而令牌仅在生成时显示一次。请更换令牌以显示二维码。', localHint: '当前页面地址仅本机可用,手机需使用服务器的实际地址。',
  qrOf: '{{app}} 二维码', openOnPhone: '在本手机上打开', profileFile: '配置文件',
  how_traccar: '在设置中选择扫描二维码,或手动填写以下两项。', how_owntracks: '用相机扫描,或在配置中通过网址导入;iOS 会先询问。', how_overland: '用相机扫描,链接会打开应用。',
  how_gpslogger: '载入配置文件,或扫描后将地址粘贴到“Log to custom URL”。', how_osmand: '在“行程记录”的“在线追踪”中粘贴此网址,并将本终端的单位设为“OsmAnd 应用”。',
  field_deviceIdentifier: '设备标识符', field_serverUrl: '服务器网址', field_mode: '模式', field_url: '网址', field_userName: '用户名', field_password: '密码', field_deviceId: '设备编号', field_receiverUrl: '接收端网址',
  field_accessToken: '访问令牌', field_customUrl: '自定义网址', field_httpMethod: 'HTTP 方法', field_webAddress: '网址', field_trackingInterval: '追踪间隔',
  protocol: '协议', address: '来源', lastSeen: '最近出现', attempts: '次数', noStrangers: '没有未知终端', noStrangersHint: '上报位置但未登记的终端会列在此处,等待接纳。',

  user: '用户', addUser: '添加用户', usersHint: '可登录的人员:角色决定能做什么,组织决定范围。', role: '角色', disabled: '已禁用', disabledHint: '立即退出登录,且不能再登录。', userHomeHint: '只能看到该组织及其下级。',
  userMemberHint: '该用户持有谁的手持端。', userName: '用户名', userNameHint: '字母、数字和 . _ @ + -,不可更改。', password: '密码', passwordHint: '建议十个字符以上。', newPassword: '新密码', passwordEnds: '该用户的所有会话将结束。', setPassword: '设置密码', passwordSet: '密码已设置',
  showPassword: '显示密码', sessions: '会话', noSessions: '当前无人登录。', thisSession: '当前会话', sinceUntil: '{{since}} 至 {{until}}', end: '结束', yourself: '这是您自己:角色须由其他管理员更改,以免将自己锁在门外。', whatMay: '此角色的权限',
  rolesHint: '各角色在其组织范围内的权限,取自服务器自身的接口说明(操作名称为英文)。', operation: '操作', mayDo: '可以', mayNot: '不可以', show_all: '全部', show_changes: '更改', show_reads: '查看',
  role_administrator: '管理员', role_commander: '指挥长', role_dispatcher: '调度员', role_supervisor: '监督员', role_officer: '处置员', role_member: '网格员', role_observer: '观察员',
  may_administrator: '管理组织、人员、终端和用户。', may_commander: '指挥调度,并审批他人的申请。', may_dispatcher: '受理案件并派遣人员。', may_supervisor: '核查处置结果,并安排班次。',
  may_officer: '处置本部门的案件。', may_member: '只能看到自己和自己的任务。', may_observer: '只能查看,不能更改。',
  tag_session: '登录', tag_users: '用户', tag_organisations: '组织机构', tag_members: '网格员', tag_devices: '终端', tag_positions: '位置', tag_history: '历史', tag_geofences: '电子围栏', tag_imports: '数据导入', tag_kinds: '案件类别', tag_incidents: '案件',
  tag_assignments: '任务', tag_reports: '报表', tag_alerts: '告警', tag_notices: '通知', tag_channels: '对讲', tag_intercom: '对讲', tag_shifts: '班次', tag_webhooks: '数据推送', tag_handheld: '手持端', tag_posts: '岗位', tag_past: '时间机',

  kind: '案件类别', addKind: '添加类别', kindsHint: '依据 GB/T 30428 的案件类别:紧急程度与各环节时限。', kindsReadHint: '依据 GB/T 30428 的案件类别,由全市管理员维护。', class: '大类', category: '类型',
  category_component: '部件', category_event: '事件', priority: '优先级', priority_1: '1 特急', priority_2: '2 紧急', priority_3: '3 一般', priority_4: '4 较低', limits: '时限', limitsHint: '受理、到场、处置、核查:15m(分)、2h(时)、7d(天)。', limitBad: '格式如 15m、2h、7d',
  accept_s: '受理时限', arrive_s: '到场时限', handle_s: '处置时限', verify_s: '核查时限', department: '责任部门', nameEn: '英文名称', nameZh: '中文名称', kindRetiredHint: '不再受理新案件。',

  shifts_week: '周', shifts_now: '当前在班', onShiftNow: '当前在班', nobodyOnShift: '当前无人在班', nobodyOnShiftHint: '此处显示当前班次及其人员。',
  organisations_tree: '组织树', organisations_faults: '辖区问题', faults: '辖区问题', fault: '问题', fault_overlap: '重叠', fault_gap: '空白', fault_outside: '超出上级辖区', fault_invalid: '边界自交', faultWith: '相关组织', place: '位置', area: '面积', noFaults: '辖区均无问题', noFaultsHint: '没有重叠、空白或超出上级辖区的情况。',
  shift: '班次', addShift: '添加班次', shiftsHint: '谁在何时值班:网格员随班次上岗和下班。', weekBefore: '上一周', weekAfter: '下一周', thisWeek: '本周', weekOf: '{{day}} 起的一周', noShifts: '本周没有班次', noShiftsHint: '请添加班次,或查看其他周。',
  people: '{{count}} 人', dayShift: '白班', shiftMembersHint: '从开始到结束在岗。', removeShift: '删除班次', removeShiftHint: '仅因此班次在岗的人员将下班。', handOver: '交接', handOvers: '交接记录', handOverHint: '将一人的未完成任务全部移交给另一人。',
  handFrom: '移交人', handTo: '接收人', handedOver: '已交接', incidentCount: '{{count}} 件案件',

  importsHint: '支持 CSV、XLSX、GeoJSON:整个文件全部入库或全不入库;大批量数据可作为任务导入。逐行说明被拒原因。', importsCity: '文件导入仅限全市管理员', importsCityHint: '您可以在本组织范围内逐条添加和修改。', whatIs: '文件内容', file: '文件', fileHint: 'CSV(UTF-8)、XLSX 或 GeoJSON;也可拖放到此处。',
  chooseFile: '选择文件', columns: '列', columnsHint: '粗体为必填列。文件中没有的列保持原值;空单元格会清空原值。', skipBad: '保留正确的行', skipBadHint: '否则只要有一行被拒,就全不入库。', checkOnly: '仅检查', import: '导入',
  report: '结果', reportChecked: '共读取 {{rows}} 行:{{good}} 行正确,{{refused}} 行被拒。未入库。', reportCounts: '共 {{rows}} 行,入库 {{stored}} 行,被拒 {{refused}} 行。', reportIgnored: '无意义的列:{{columns}}',
  reportWarnings: '需要留意:{{count}} 处',
  refusedRows: '{{count}} 行被拒', refusedFirst: '被拒的 {{count}} 行中的前 {{shown}} 行', asCsv: '下载 CSV', line: '行', field: '列', reason: '原因', checkedGood: '文件无误', checkedBad: '部分行将被拒绝', importedAll: '导入完成', importedSome: '已导入,被拒行除外', importedNone: '未入库',

  whatWork: '工作力量', whatElements: '基础数据', e_buildings: '楼栋', e_houses: '房屋', e_households: '家庭户', e_people: '居民', e_establishments: '单位', e_places: '场所', e_things: '部件',
  asJob: '作为任务导入', asJobHint: '“导入”:整个文件全部入库或全部不入库,最大32 MiB。“作为任务导入”:适用于大批量数据,最大2 GiB;合格行入库,不合格行列出,关闭页面或服务器重启后继续。', tooLargeAtOnce: '超过32 MiB,请作为任务导入。', tooLarge: '超过2 GiB,请拆分文件。',
  jobs: '导入任务', noJobs: '暂无任务', noJobsHint: '大批量文件作为任务导入,进度显示在此处。', job: '导入任务', job_receiving: '上传中', job_running: '进行中', job_done: '已完成', job_failed: '失败', job_cancelled: '已取消', moreJobs: '更早的任务',
  jobSending: '已上传 {{sent}} / {{size}} MiB。文件上传完成前请勿关闭此页。', jobSendAgain: '继续上传', jobHalfSent: '文件未上传完整:已收到 {{sent}} MiB,页面被关闭。', jobChooseAgain: '重新选择 {{name}}', jobOtherName: '该任务需要文件 {{name}}。',
  jobReading: '正在统计行数;前面可能还有任务在进行。', jobRows: '{{rows}} / {{total}} 行', jobRowsOnly: '{{rows}} 行', jobStored: '已入库', jobRefused: '被拒绝', jobRate: '行/秒', jobLeft: '剩余时间', jobProgress: '进度', jobBy: '发起人', jobBegan: '开始', jobEnded: '结束', jobHolds: '内容',
  jobCancel: '取消任务', jobCancelYes: '确定取消', jobCancelHint: '不再导入后续数据;已入库的保留。', jobNoRefused: '没有被拒绝的行。', jobRefusedKept: '仅保留前10万条。', jobFailedTitle: '任务失败',
  exports: '导出现有数据:{{what}}', exportPurpose: '填写用途',

  geofence: '电子围栏', geofencesHint: '受监控的区域:记录进出,并可触发告警。请在地图上绘制。', noGeofences: '暂无电子围栏', noGeofencesHint: '请在地图上绘制。', shape: '形状', shape_polygon: '多边形', shape_circle: '圆形', alertOn: '告警条件', alert_none: '不告警', alert_enter: '进入', alert_exit: '离开', alert_both: '进入和离开',
  dwell: '停留时间', dwellHint: '越界持续多久才计入。', removeGeofence: '删除围栏', removeGeofenceHint: '其进出记录将一并删除。',

  webhook: '推送', addWebhook: '添加推送', webhooksHint: '将发生的事件签名后推送到其他系统,至少送达一次。', noWebhooks: '暂无推送', noWebhooksHint: '请添加接收系统的地址。', url: '地址', urlHint: '服务器可访问的 https 地址。', topics: '主题', addedBy: '添加人', webhookHomeHint: '推送该组织及其下级的事件。',
  topic_incident: '案件', topic_alert: '告警', topic_notice: '通知', topic_channel: '对讲', topic_shift: '班次', secret: '密钥', secretOnce: '密钥用于签名,仅此一次显示。', deliveries: '最近一周的推送', noDeliveries: '暂无。', attemptsOf: '尝试 {{count}} 次。', taken: '已接收', givenUp: '已放弃', waiting: '等待中',
  removeWebhook: '删除推送', removeWebhookHint: '此后不再向该地址推送。',
};
