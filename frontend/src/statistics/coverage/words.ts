/** Words of patrol coverage. */
import { addWords } from '../../i18n';

addWords('coverage', {
  en: {
    coverage: 'Patrol coverage', visitedShare: 'Cells visited', time: 'Time on the ground', offPost: 'Off post', madeUp: 'Place made up', visits: 'Visits', dwell: 'Time in cell', age: 'Last visit', flags: 'Off post, made up',
    never: 'never in this period', dwell1: 'under 1 min', dwell5: 'under 5 min', dwell30: 'under 30 min', dwell120: 'under 2 h', dwellMore: '2 h or more',
    age8: 'under 8 h ago', age24: 'under 24 h ago', age48: 'under 2 days ago', age168: 'under 7 days ago', ageMore: '7 days ago or more', fine: 'visited', show: 'Show', members: 'Members', gaps: 'Nobody was there for',
    hours: '{{hours}} h', member: 'Member', organisation: 'Organisation', post: 'Own territory', lastFix: 'Last seen', cells: 'Cells', missed: 'Not visited', place: 'Place', noGaps: 'Everywhere somebody was there', noMembers: 'No members here',
    noCells: 'No cells: this organisation has no territory', noCellsHint: 'Draw or import its territory, or choose another organisation.', summed: 'Counted up to', limited: 'Coverage goes back 92 days at most', map: 'Map of patrol coverage',
    cellIs: '{{visits}} visits, {{time}} in all, last {{last}}', neverVisited: 'Never visited in this period', fixes: 'fixes', legend: 'Legend', clickCell: 'Click a cell for its figures', more: 'Show more',
  },
  zh: {
    coverage: '巡查覆盖', visitedShare: '已巡网点', time: '在岗巡查时长', offPost: '脱岗', madeUp: '虚拟定位', visits: '到访人次', dwell: '停留时长', age: '最近到访', flags: '脱岗与虚拟定位',
    never: '本期未到访', dwell1: '不足1分钟', dwell5: '不足5分钟', dwell30: '不足30分钟', dwell120: '不足2小时', dwellMore: '2小时以上',
    age8: '8小时内', age24: '24小时内', age48: '2天内', age168: '7天内', ageMore: '7天以上', fine: '已到访', show: '显示', members: '网格员', gaps: '无人到访时间',
    hours: '{{hours}}小时', member: '网格员', organisation: '组织', post: '责任区', lastFix: '最近定位', cells: '网点', missed: '未到访', place: '地点', noGaps: '全部有人到访', noMembers: '此处没有网格员',
    noCells: '没有网点:该组织没有辖区', noCellsHint: '请绘制或导入辖区,或选择其他组织。', summed: '统计截至', limited: '巡查覆盖最多回溯92天', map: '巡查覆盖地图',
    cellIs: '到访{{visits}}人次,共{{time}},最近{{last}}', neverVisited: '本期未到访', fixes: '次定位', legend: '图例', clickCell: '点击网点查看数据', more: '显示更多',
  },
});
