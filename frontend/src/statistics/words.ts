/** The statistics' words. */
import { addWords } from '../i18n';

addWords('statistics', {
  en: {
    title: 'Statistics', views: 'Views', keepView: 'Keep this view as', keep: 'Keep', shareView: 'Share with my organisation', noViews: 'No view was saved yet', shared: 'shared', removeView: 'Remove', reports: 'Reports', figures: 'Figures', coverage: 'Patrol coverage', highlights: 'What stands out', nothingStandsOut: 'Nothing stands out in this period', period: 'Period', days: 'days', download: 'Download CSV', print: 'Print',
    reported: 'Reported', still_open: 'Open', overdue: 'Overdue now', closing_rate: 'Closing rate', on_time_rate: 'On-time rate', response_p50: 'Median response', response_p90: '90 % respond within',
    sent_back: 'Sent back', closed: 'Closed', late: 'A limit ran out', against: 'against the period before', overTime: 'Incidents reported', byKind: 'Kinds', bySource: 'Sources', byHour: 'By hour of day',
    times: 'How long it took', whichTime: 'Which step', halfAndMost: 'Half within {{half}}, nine tenths within {{most}}', clock_response: 'to the scene', clock_accept: 'to accept', clock_arrive: 'to arrive', clock_handle: 'to handle', clock_verify: 'to verify', clock_resolution: 'to close',
    showIncidents: 'show the incidents', counted: 'Incidents: {{figure}}', back: 'Back to the figures', more: 'Show more', noneCounted: 'No incident is counted here', reportedAt: 'Reported', place: 'Place', state: 'State', response: 'Reached in', priority: 'Priority', longer: 'from {{from}}', shorter: 'up to {{to}}', description: 'What', id: 'Number',
    escalated: 'Escalated', rejected: 'Rejected', merged: 'Merged', on_time: 'Closed on time',
    below: 'Organisations below', name: 'Name', table: 'As a table', chart: 'As a chart', up: 'Up', whole: 'All incidents', kind: 'Kind', stock: 'Basic data',
    day: 'Day', hour: 'Hour', source: 'Source', from: 'From', incidents: 'Incidents', fresh: 'Counted', noneBelow: 'Nothing lies below this grid', nothingYet: 'Nothing was reported in this period',
    nothingHint: 'Choose a longer period, or another organisation.', others: 'others',
    member: 'members', citizen: 'citizens', hotline: 'hotline', device: 'devices', patrol: 'patrols', dispatcher: 'dispatchers',
    people: 'People', households: 'Households', buildings: 'Buildings', houses: 'Houses', places: 'Places', things: 'Things', establishments: 'Establishments', members_on_duty: 'Members on duty',
  },
  zh: {
    title: '统计分析', views: '视图', keepView: '保存当前视图为', keep: '保存', shareView: '与本组织共享', noViews: '尚未保存视图', shared: '已共享', removeView: '删除', reports: '报告', figures: '数据', coverage: '巡查覆盖', highlights: '重点提示', nothingStandsOut: '本期无突出变化', period: '时段', days: '天', download: '下载CSV', print: '打印',
    reported: '上报', still_open: '未结', overdue: '当前逾期', closing_rate: '结案率', on_time_rate: '按时率', response_p50: '响应中位数', response_p90: '90%响应不超过',
    sent_back: '退回', closed: '结案', late: '超时', against: '与上一时段相比', overTime: '上报案件', byKind: '案件类型', bySource: '来源', byHour: '按小时分布',
    times: '用时分布', whichTime: '环节', halfAndMost: '半数不超过{{half}},九成不超过{{most}}', clock_response: '到场', clock_accept: '受理', clock_arrive: '受理至到场', clock_handle: '处置', clock_verify: '核查', clock_resolution: '结案',
    showIncidents: '查看案件', counted: '案件:{{figure}}', back: '返回统计', more: '显示更多', noneCounted: '此项没有案件', reportedAt: '上报时间', place: '地点', state: '状态', response: '到场用时', priority: '优先级', longer: '不少于{{from}}', shorter: '少于{{to}}', description: '内容', id: '编号',
    escalated: '升级', rejected: '不予受理', merged: '合并', on_time: '按时结案',
    below: '下级组织', name: '名称', table: '表格显示', chart: '图表显示', up: '上级', whole: '全部案件', kind: '类型', stock: '基础数据',
    day: '日期', hour: '小时', source: '来源', from: '起', incidents: '件数', fresh: '统计时间', noneBelow: '该网格无下级', nothingYet: '本时段无上报案件',
    nothingHint: '请选择更长的时段或其他组织。', others: '其他',
    member: '网格员', citizen: '市民', hotline: '热线', device: '设备', patrol: '巡查', dispatcher: '调度员',
    people: '人口', households: '家庭户', buildings: '楼栋', houses: '房屋', places: '场所', things: '部件', establishments: '单位', members_on_duty: '在岗网格员',
  },
});
