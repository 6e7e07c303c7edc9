/** The time machine's words. */
import { addWords } from '../i18n';

addWords('time', {
  en: {
    past: 'You are looking at the past', backToNow: 'Back to now', instant: 'Moment', line: 'Time of day', play: 'Play (space)', pause: 'Pause (space)',
    earlier: 'Ten seconds back (left arrow)', later: 'Ten seconds on (right arrow)', dayBefore: 'The day before', dayAfter: 'The day after', pace: 'Pace',
    incidents: 'Incidents reported', alerts: 'Alerts', open: 'open', waiting: 'Fetching the past…', histogram: 'Incidents reported over the day, a bar a quarter of an hour',
    keys: 'Space plays, arrows step ten seconds, with Shift five minutes', priority: 'Priority', reported: 'reported', nothing: 'Nobody was heard of within the hour before',
    moved: 'Each step', close: 'Close', drill: 'drill',
  },
  zh: {
    past: '当前显示的是历史画面', backToNow: '返回实时', instant: '时刻', line: '当日时间', play: '播放(空格)', pause: '暂停(空格)',
    earlier: '后退十秒(左方向键)', later: '前进十秒(右方向键)', dayBefore: '前一天', dayAfter: '后一天', pace: '倍速',
    incidents: '上报案件', alerts: '告警', open: '未结', waiting: '正在读取历史…', histogram: '当日上报案件,每十五分钟一柱',
    keys: '空格播放,方向键步进十秒,加Shift步进五分钟', priority: '优先级', reported: '上报', nothing: '此前一小时内无任何定位',
    moved: '处置过程', close: '关闭', drill: '演练',
  },
});
