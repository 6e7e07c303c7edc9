/** Words that every page uses, English and Chinese. Keys are the English words' short forms. */

export const en = {
  signIn: 'Sign in', name: 'Name', password: 'Password', signOut: 'Sign out', organisations: 'Organisations',
  members: 'Members', search: 'Search', online: 'Online', stale: 'Stale', silent: 'Silent', link_live: 'Live',
  link_connecting: 'Connecting', link_broken: 'Link lost, trying again', wholeCity: 'Everything you may see',
  nobody: 'No members here yet', noMatch: 'Nothing matches', speed: 'Speed', course: 'Course', battery: 'Battery',
  age: 'Position age', post: 'Post', device: 'Device', organisation: 'Organisation', follow: 'Follow',
  lastHour: 'Last hour', today: 'Last 24 hours', track: 'Track', replay: 'Replay', play: 'Play', pause: 'Pause',
  noTrack: 'No positions in this time', close: 'Close', moving: 'moving', standing: 'standing', theme: 'Theme',
  buildings: '3D buildings', silence_1: 'no link', silence_2: 'no fix', silence_3: 'battery empty',
  silence_4: 'off shift', emergency: 'Emergency', newest: 'newest position', tagline: 'Command centre',
  untied: 'This device is not tied to a member: it has no track of its own here', positions: 'positions', trips: 'Trips and stops', trip: 'trip', stop: 'stop',
  noServer: 'The server does not answer', lost: 'Link lost: positions stand as they were last heard', all: 'All',
  sent: 'Sent', on_scene: 'On scene', map: 'Map', desk: 'Dispatch', board: 'Board', time: 'Time machine', event: 'Large event', talk: 'Intercom',
  notices: 'Notices', statistics: 'Statistics', appraisal: 'Appraisal', service: 'Public service', party: 'Party building', social: 'Social management', forms: 'Forms', inspections: 'Inspections', city: '3D city', registry: 'Basic data', admin: 'Administration', openHere: 'Open in a window of its own', pages: 'Pages', save: 'Save',
  cancel: 'Cancel', clear: 'Clear', sending: 'Sending', loading: 'Loading', again: 'Try again', more: 'More', none: 'None', back: 'Back', done: 'Done', remove: 'Remove', place: 'Place',
  reveal: 'Show in full', purpose: 'What for?', purposeHint: 'Your look and its purpose stay on record.', show: 'Show', hide: 'Hide',
};

export const zh: typeof en = {
  signIn: '登录', name: '用户名', password: '密码', signOut: '退出', organisations: '组织机构', members: '网格员',
  search: '搜索', online: '在线', stale: '陈旧', silent: '失联', link_live: '实时', link_connecting: '连接中',
  link_broken: '连接中断,正在重试', wholeCity: '全部可见范围', nobody: '此处暂无人员', noMatch: '无匹配结果',
  speed: '速度', course: '航向', battery: '电量', age: '定位时间差', post: '岗位', device: '终端', organisation: '所属组织',
  follow: '跟随', lastHour: '最近一小时', today: '最近24小时', track: '轨迹', replay: '回放', play: '播放', pause: '暂停',
  noTrack: '该时段无定位', close: '关闭', moving: '移动中', standing: '静止', theme: '主题', buildings: '三维建筑',
  silence_1: '无网络', silence_2: '无定位', silence_3: '电量耗尽', silence_4: '下班', emergency: '紧急求助',
  newest: '最新定位', tagline: '指挥中心', untied: '该终端未绑定人员,没有轨迹', positions: '个定位点', trips: '行程与停留', trip: '行程', stop: '停留',
  noServer: '服务器无响应', lost: '连接中断:位置为最后收到的数据', all: '全部',
  sent: '已派遣', on_scene: '已到场', map: '地图', desk: '调度', board: '案件看板', time: '时间机', event: '大型活动', talk: '对讲', notices: '通知', statistics: '统计分析', appraisal: '考核评价', service: '公共服务', party: '党建服务', social: '社会管理', forms: '表单', inspections: '巡查检查',
  city: '三维城市', registry: '基础数据', admin: '系统管理', openHere: '在新窗口打开', pages: '页面', save: '保存', cancel: '取消', clear: '清除', sending: '提交中', loading: '加载中', again: '重试',
  more: '更多', none: '无', back: '返回', done: '完成', remove: '删除', place: '位置',
  reveal: '查看完整信息', purpose: '用途', purposeHint: '查看行为及用途将记录在案。', show: '查看', hide: '隐藏',
};
