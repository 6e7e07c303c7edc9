/** Words of reports on schedule. */
import { addWords } from '../../i18n';

addWords('reports', {
  en: {
    schedules: 'Schedules', made: 'Reports', name: 'Name', every: 'Every', day: 'day', week: 'week', month: 'month', atHour: 'At', language: 'Language', en: 'English', zh: 'Chinese', add: 'Have it made', makeNow: 'Make the last one now',
    stop: 'Stop', goOn: 'Go on', remove: 'Remove', sure: 'Remove it and its reports', next: 'next {{moment}}', stopped: 'stopped', noSchedules: 'No report is made on schedule yet', noSchedulesHint: 'It tells of the organisation and the kind chosen above.',
    noReports: 'No report was made yet', days: 'Days', madeAt: 'Made', organisation: 'Organisation', files: 'Files', of: 'Of', more: 'Show more',
  },
  zh: {
    schedules: '报告计划', made: '已生成报告', name: '名称', every: '周期', day: '每日', week: '每周', month: '每月', atHour: '时间', language: '语言', en: '英文', zh: '中文', add: '新建计划', makeNow: '立即生成上一期',
    stop: '停用', goOn: '启用', remove: '删除', sure: '确认删除计划及其报告', next: '下次 {{moment}}', stopped: '已停用', noSchedules: '尚无报告计划', noSchedulesHint: '报告内容为上方所选组织和案件类型。',
    noReports: '尚未生成报告', days: '统计日期', madeAt: '生成时间', organisation: '组织', files: '文件', of: '范围', more: '显示更多',
  },
});
