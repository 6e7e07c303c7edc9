/** Words of the public's pages of party building. */

export const en = {
  news: 'Party and government affairs', newsHint: 'What was decided, what it costs, what is offered: published by your district, street and community.', windows: 'Service windows: queues', windowsHint: 'See how long it takes now, take a number with your phone, and follow it.',
  every: 'Everything', party: 'Party affairs', government: 'Government affairs', finance: 'Finance', services: 'Services', notice: 'Notices', pinned: 'Pinned', search: 'Words to look for', find: 'Find', nothing: 'Nothing is published here yet.', more: 'More', attachments: 'Files', until: 'until {{when}}', version: 'version {{version}}', backToNews: 'All publications', gone: 'This is not published (any more).',
  hall: 'Where?', noHalls: 'No windows have queues here yet.', waiting: 'Waiting', openWindows: 'Windows open', wait: 'Estimated wait', minutes_one: '{{count}} minute', minutes_other: '{{count}} minutes', noWait: 'no wait', noWindow: 'no window is open', take: 'Take a number', closedNow: 'No numbers are given out now', window: 'Window', open: 'open', closed: 'closed', nobody: 'free', screen: 'Show as a screen',
  estimate: 'The estimate: who is before you, times the mean of the last 30 served today, shared by the windows that are open.', yours: 'Your number', code: 'Your code', keep: 'This phone keeps the code. Note it if you want to look on another one.', ahead: 'Before you', another: 'Other queues', leave: 'Give the number back', sure: 'Really?', have: 'I have a code', show: 'Show',
  s_waiting: 'Please wait', s_called: 'You are called: go to {{window}}', s_serving: 'You are being served at {{window}}', s_served: 'Served', s_no_show: 'You were called and did not come. Ask at the hall to wait again.', s_left: 'You gave this number back', done: 'Close',
  howWas: 'How was it?', score_1: 'Bad', score_2: 'Poor', score_3: 'Fair', score_4: 'Good', score_5: 'Very good', about: 'What about it? (optional)', attitude: 'Attitude', speed: 'Speed', clarity: 'Clear information', result: 'Result', place: 'The place', comment: 'Anything to add? (optional)', send: 'Send', thanks: 'Thank you. You said: {{score}}.',
  nowServing: 'Now calling', goTo: 'to', lastCalls: 'Called before', waitingFor: 'Waiting', noCalls: 'Nobody is called yet', lost: 'The server does not answer; this is how it was.', fullScreen: 'Full screen', leaveScreen: 'Back',
};

export const zh: typeof en = {
  news: '党务政务公开', newsHint: '决策、财务与服务事项,由您所在的区、街道和社区公开发布。', windows: '服务窗口排队', windowsHint: '查看当前等候时间,手机取号并跟踪进度。',
  every: '全部', party: '党务公开', government: '政务公开', finance: '财务公开', services: '服务事项', notice: '通知公告', pinned: '置顶', search: '搜索内容', find: '查找', nothing: '暂无公开内容。', more: '更多', attachments: '附件', until: '至 {{when}}', version: '第 {{version}} 版', backToNews: '全部公开内容', gone: '该内容未公开或已撤回。',
  hall: '选择大厅', noHalls: '暂无可排队的窗口。', waiting: '等候人数', openWindows: '开放窗口', wait: '预计等候', minutes_one: '{{count}} 分钟', minutes_other: '{{count}} 分钟', noWait: '无需等候', noWindow: '暂无窗口开放', take: '取号', closedNow: '暂停取号', window: '窗口', open: '开放', closed: '关闭', nobody: '空闲', screen: '大屏显示',
  estimate: '预计时间:前面人数 × 今日最近30位平均办理时长 ÷ 开放窗口数。', yours: '您的号码', code: '查询码', keep: '本手机已保存查询码;如需在其他设备查询,请记下。', ahead: '前面还有', another: '其他队列', leave: '退号', sure: '确定退号?', have: '我有查询码', show: '查询',
  s_waiting: '请等候', s_called: '请到{{window}}办理', s_serving: '正在{{window}}办理', s_served: '已办结', s_no_show: '叫号时您未到,请到大厅重新排队。', s_left: '您已退号', done: '关闭',
  howWas: '您是否满意?', score_1: '很不满意', score_2: '不满意', score_3: '一般', score_4: '满意', score_5: '非常满意', about: '关于哪方面?(选填)', attitude: '服务态度', speed: '办理速度', clarity: '说明清楚', result: '办理结果', place: '环境', comment: '补充意见(选填)', send: '提交', thanks: '谢谢,您的评价:{{score}}。',
  nowServing: '正在叫号', goTo: '请到', lastCalls: '已叫号码', waitingFor: '等候', noCalls: '尚未叫号', lost: '服务器无响应,以下为最后数据。', fullScreen: '全屏', leaveScreen: '返回',
};
