/** Words of the diary and of the member's score. */
import { addWords } from '../../i18n';

const en = {
  diary: 'Work diary', write: 'Write about a visit', newEntry: 'New entry', text: 'What was said and seen', when: 'When', whom: 'Whom you met', whomHint: 'Residents of the registry, or names in your words', where: 'Where, in words',
  alsoReport: 'Report an incident out of it', noIncident: 'no incident', save: 'Save the entry', saved: 'Kept at once, sent as soon as there is a network; the text is not changed afterwards.', waiting: 'not sent yet',
  none: 'No entries yet', noneHint: 'Write about each visit: what people need, whom you met, and where.', gone: 'This entry is not on this phone', photographCount: '{{count}} photographs',
  incidentOf: 'Incident {{id}}', rated: '{{rating}} of 5', ratedBy: 'rated {{rating}} of 5 by {{name}}', drawn: 'drawn by chance, will be rated', report: 'Report an incident', noPlace: 'The entry has no place: report the incident by itself.', met: 'met',
  score: 'My score', period: 'Period', running: 'running', place: 'Place', of: '{{rank}} of {{of}} in {{name}}', before: '{{points}} in the period before', few: 'Too few incidents for a place', raw: 'by the rules {{points}}, corrected by {{by}}', trend: 'Trend',
  lines: 'How each point came about', lost: '−{{points}}', nothingLost: 'Nothing was lost here', leftOut: '{{n}} more', reached: '{{reached}} of {{of}}', object: 'Object', objectTo: 'Why is that wrong?', sendObjection: 'Send the objection', objectionKept: 'Kept; it is sent as soon as there is a network',
  objections: 'My objections', state_open: 'open', state_accepted: 'accepted', state_rejected: 'rejected', noScore: 'No score is known yet', noScoreHint: 'Scores are counted every few minutes; the phone needs a network once.', lastKnown: 'Without a network: as it was at {{at}}', corrections: 'Corrections on record', wholeScore: 'the whole score',
};

const zh: typeof en = {
  diary: '民情日记', write: '记录走访', newEntry: '新日记', text: '所见所闻', when: '时间', whom: '走访对象', whomHint: '可选登记居民,也可直接填写姓名', where: '地点说明',
  alsoReport: '由此上报案件', noIncident: '不上报', save: '保存日记', saved: '立即保存,有网络时自动发送;发送后文字不可修改。', waiting: '尚未发送',
  none: '暂无日记', noneHint: '每次走访都请记录:群众的需求、走访对象和地点。', gone: '手机上没有此日记', photographCount: '{{count}}张照片',
  incidentOf: '案件 {{id}}', rated: '{{rating}}分(满分5)', ratedBy: '{{name}}评为{{rating}}分(满分5)', drawn: '已随机抽取,等待评分', report: '上报案件', noPlace: '此日记没有位置,请单独上报案件。', met: '走访',
  score: '我的得分', period: '周期', running: '进行中', place: '名次', of: '{{name}}:第{{rank}}名,共{{of}}', before: '上一周期{{points}}分', few: '案件过少,不排名', raw: '规则得分{{points}},更正{{by}}', trend: '走势',
  lines: '每一分的由来', lost: '−{{points}}', nothingLost: '未失分', leftOut: '另有{{n}}项', reached: '{{of}}中{{reached}}', object: '申诉', objectTo: '哪里不对?', sendObjection: '提交申诉', objectionKept: '已保存,有网络时自动发送',
  objections: '我的申诉', state_open: '待裁定', state_accepted: '已采纳', state_rejected: '已驳回', noScore: '暂无得分', noScoreHint: '得分每隔几分钟计算一次,手机需联网一次。', lastKnown: '无网络:以下为{{at}}的数据', corrections: '更正记录', wholeScore: '全部得分',
};

addWords('diary', { en, zh });
