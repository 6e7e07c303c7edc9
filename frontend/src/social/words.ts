/** Words of social management. */

export const en = {
  title: 'Social management', everyOrganisation: 'Everything you may see', organisation: 'Organisation', period: 'Reported in', days: 'the last {{count}} days', reported: 'Reported', open: 'Open', overdue: 'Overdue', onTime: 'On time', none: '–', without: '{{count}} incidents are of kinds that belong to no theme.',
  kinds: 'By kind', grids: 'Hot grids', incidents: 'Open incidents', noIncidents: 'Nothing is open here', due: 'due {{when}}', late: 'overdue', noneReported: 'Nothing was reported in this time', choose: 'Theme', belongs: 'What belongs to it', classes: 'Classes of the catalogue', single: 'Single kinds, which go before classes', name_en: 'Name (English)', name_zh: 'Name (Chinese)', save: 'Save', saved: 'Saved', priority: 'priority {{priority}}',
};

export const zh: typeof en = {
  title: '社会管理', everyOrganisation: '全部可见范围', organisation: '组织', period: '上报时间', days: '最近 {{count}} 天', reported: '上报', open: '未结', overdue: '超时', onTime: '按时率', none: '–', without: '{{count}} 件案件的类别未归入任何主题。',
  kinds: '按类别', grids: '热点网格', incidents: '未结案件', noIncidents: '暂无未结案件', due: '时限 {{when}}', late: '已超时', noneReported: '该时段无上报', choose: '主题', belongs: '所含类别', classes: '大类', single: '单独类别(优先于大类)', name_en: '名称(英文)', name_zh: '名称(中文)', save: '保存', saved: '已保存', priority: '优先级 {{priority}}',
};
