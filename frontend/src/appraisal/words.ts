/** Words of the appraisal and the work diary. */
import { addWords } from '../i18n';

const en = {
  title: 'Appraisal', ranking: 'Ranking', objections: 'Objections', falsifications: 'Falsifications', diary: 'Work diary', rules: 'Rules', frozen: 'Frozen periods',
  level: 'Level', level_member: 'Members', level_grid: 'Grids', level_community: 'Communities', level_street: 'Streets', level_department: 'Departments',
  period: 'Period', running: 'running', place: 'Place', trend: 'Trend', score: 'Score', due: 'Due', few: 'too few to rank', measures: 'Measures', empty: 'Nothing to rank yet', emptyHint: 'Scores are counted every few minutes from the incidents that were settled in the period.',
  countedAt: 'counted {{at}}', up: '{{n}} up', down: '{{n}} down', same: 'unchanged', new: 'new',
  on_time: 'On time', closing: 'Closing rate', urgent_on_time: 'Urgent on time', diary_number: 'Diary entries', diary_quality: 'Diary quality', failed_verification: 'Failed verification', falsification: 'Falsification', overdue: 'Overdue', procrastination: 'Procrastination',
  explained: 'How the score came about', before: 'before', corrections: 'Corrections on record', places: 'Place among its level', of: '{{rank}} of {{of}}', raw: 'by the rules', reachedOf: '{{reached}} of {{of}}', leftOut: '{{n}} more', nothingLost: 'Nothing was lost here', deferred: '{{n}} deferred', costs: 'costs',
  object: 'Object', objectTo: 'Object to this score', reason: 'Reason', send: 'Send', sent: 'Your objection is on record', concerns: 'Concerns', whole: 'the whole score', noObjections: 'No objections', noObjectionsHint: 'Members and organisations may object to a score until a few days after it was frozen.', accept: 'Accept', reject: 'Reject', answer: 'Answer', correctBy: 'Correct by (points)', decidedBy: 'decided by {{name}}', state_open: 'open', state_accepted: 'accepted', state_rejected: 'rejected', state_proposed: 'proposed', state_confirmed: 'confirmed', state_dismissed: 'dismissed',
  noFalsifications: 'Nothing looks pretended', sign_far_feedback: 'Feedback given far from the incident', sign_mock_location: 'The phone mocked its location', sign_foreign_photograph: 'Photograph taken elsewhere', sign_other: 'Marked by a person', confirm: 'Confirm', dismiss: 'Dismiss', metresOff: '{{metres}} m away',
  noDiary: 'No entries', noDiaryHint: 'Members write about their visits on the handheld.', all: 'All', toRate: 'Drawn, to be rated', draw: 'Draw the sample', drawnNow: '{{count}} entries were drawn by chance', rate: 'Rate', rating: 'Rating', word: 'In a word', rated: 'rated {{rating}} of 5 by {{name}}', drawnMark: 'drawn', visited: 'visited', met: 'met', photograph: 'Photograph {{n}}', photographCount: '{{count}} photographs', mine: 'Entries of the organisation chosen at the top',
  inForce: 'Version {{version}} is in force', fromNext: 'Changes come into force with the next period', points: 'Points', fullAt: 'Full at', less: 'Less each unit below', each: 'Each time', fromNth: 'From the … on', fromPoints: 'then each', base: 'Points from the start', fewBelow: 'No place below so many due', preview: 'Preview on the last period', save: 'Save new version', note: 'Why', noPeriod: 'No period is frozen yet', unchanged: 'Nobody\'s score would have changed', was: 'was', would: 'would be', saved: 'Saved', 
  verify: 'Verify', holds: 'holds', broken: 'does not hold', noFrozen: 'No period is frozen yet', hash: 'Hash',
};

const zh: typeof en = {
  title: '考核评价', ranking: '排名', objections: '申诉', falsifications: '弄虚作假', diary: '民情日记', rules: '考核规则', frozen: '已封存周期',
  level: '层级', level_member: '网格员', level_grid: '网格', level_community: '社区', level_street: '街道', level_department: '部门',
  period: '周期', running: '进行中', place: '名次', trend: '升降', score: '得分', due: '应结', few: '数量过少,不排名', measures: '指标', empty: '暂无可排名的数据', emptyHint: '得分每隔几分钟根据本周期内到期或结案的案件重新计算。',
  countedAt: '计算于 {{at}}', up: '上升 {{n}}', down: '下降 {{n}}', same: '不变', new: '新增',
  on_time: '按期率', closing: '结案率', urgent_on_time: '紧急案件按期率', diary_number: '日记篇数', diary_quality: '日记质量', failed_verification: '核查未通过', falsification: '弄虚作假', overdue: '超期', procrastination: '推诿拖延',
  explained: '得分明细', before: '上期', corrections: '更正记录', places: '同级名次', of: '第 {{rank}} 名,共 {{of}}', raw: '规则得分', reachedOf: '{{of}} 中 {{reached}}', leftOut: '另有 {{n}} 项', nothingLost: '未失分', deferred: '延期 {{n}}', costs: '扣分',
  object: '申诉', objectTo: '对该得分提出申诉', reason: '理由', send: '提交', sent: '申诉已记录', concerns: '针对', whole: '全部得分', noObjections: '暂无申诉', noObjectionsHint: '封存后数日内,本人或所属组织可提出申诉。', accept: '采纳', reject: '驳回', answer: '答复', correctBy: '更正分数', decidedBy: '由 {{name}} 裁定', state_open: '待裁定', state_accepted: '已采纳', state_rejected: '已驳回', state_proposed: '待认定', state_confirmed: '已认定', state_dismissed: '已排除',
  noFalsifications: '未发现疑似弄虚作假', sign_far_feedback: '反馈地点远离案件', sign_mock_location: '手机使用虚拟定位', sign_foreign_photograph: '照片拍摄于他处', sign_other: '人工标记', confirm: '认定', dismiss: '排除', metresOff: '相距 {{metres}} 米',
  noDiary: '暂无日记', noDiaryHint: '网格员在手持终端上记录走访。', all: '全部', toRate: '已抽取,待评分', draw: '随机抽取', drawnNow: '已随机抽取 {{count}} 篇', rate: '评分', rating: '评分', word: '评语', rated: '{{name}} 评为 {{rating}} 分(满分 5)', drawnMark: '已抽取', visited: '走访', met: '走访对象', photograph: '照片{{n}}', photographCount: '{{count}}张照片', mine: '所选组织的日记',
  inForce: '现行版本 {{version}}', fromNext: '修改自下一周期起生效', points: '分值', fullAt: '满分线', less: '每低一单位扣', each: '每次', fromNth: '从第几次起', fromPoints: '每次改为', base: '基础分', fewBelow: '应结少于此数不排名', preview: '用上一周期试算', save: '保存新版本', note: '修改说明', noPeriod: '尚无已封存周期', unchanged: '所有得分均不变', was: '原为', would: '将为', saved: '已保存', 
  verify: '校验', holds: '校验通过', broken: '校验不通过', noFrozen: '尚无已封存周期', hash: '哈希',
};

addWords('appraisal', { en, zh });
