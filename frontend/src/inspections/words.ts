/** Words of the page of inspections. */
import { addWords } from '../i18n';

const en = {
  inspections: 'Inspections', show: 'Show', overdue: 'Overdue', due: 'Due', done: 'Done', done30: 'Done in 30 days', oldest: 'Overdue since', organisation: 'Organisation', more: 'More',
  none_overdue: 'Nothing is overdue', none_overdue_hint: 'Every place was inspected in time.', none_due: 'Nothing is due', none_due_hint: 'Inspections appear some days before they are due, as their plan says.', none_done: 'Nothing was inspected yet', none_done_hint: 'Members inspect on the handheld, under “Investigation and registration”.',
  dueAt: 'due {{when}}', dueSince: 'overdue since {{when}}', result_ok: 'In order', result_faults: 'Faults found', far: 'filled in {{metres}} m away',
  plans: 'Plans', noPlans: 'There is no plan yet: nothing is inspected regularly.', addPlan: 'Add a plan', change: 'Change', keepPlan: 'Keep the change', cancel: 'Cancel', end: 'End', ended: 'Ended', everyDays_one: 'every day', everyDays_other: 'every {{count}} days', open: '{{due}} due, {{overdue}} overdue', name: 'Name', places: 'Places', form: 'Form', every: 'Every … days', remind: 'Remind days before', first: 'First due on',
  kind_any: 'all places', kind_fire_safety: 'key fire-safety places', kind_shop: 'shops', kind_unit: 'units', kind_school: 'schools', kind_hospital: 'hospitals', kind_site: 'sites', kind_camera: 'cameras', kind_service_window: 'service windows', kind_other: 'other places',
};

const zh: { [K in keyof typeof en]: string } = {
  inspections: '巡查检查', show: '显示', overdue: '逾期', due: '待检查', done: '已检查', done30: '30天内已检查', oldest: '最早逾期', organisation: '组织', more: '更多',
  none_overdue: '没有逾期检查', none_overdue_hint: '所有场所均已按期检查。', none_due: '没有待检查场所', none_due_hint: '按计划在到期前几天出现。', none_done: '尚无检查记录', none_done_hint: '网格员在手持终端的"调查登记"中检查。',
  dueAt: '{{when}}到期', dueSince: '自{{when}}逾期', result_ok: '合格', result_faults: '发现隐患', far: '填写地点相距{{metres}}米',
  plans: '检查计划', noPlans: '尚无计划,没有定期检查。', addPlan: '添加计划', change: '修改', keepPlan: '保存修改', cancel: '取消', end: '终止', ended: '已终止', everyDays_one: '每天一次', everyDays_other: '每{{count}}天一次', open: '待检查{{due}},逾期{{overdue}}', name: '名称', places: '场所', form: '表单', every: '每几天一次', remind: '提前几天提醒', first: '首次到期',
  kind_any: '所有场所', kind_fire_safety: '消防重点场所', kind_shop: '商铺', kind_unit: '单位', kind_school: '学校', kind_hospital: '医院', kind_site: '工地', kind_camera: '摄像头', kind_service_window: '服务窗口', kind_other: '其他场所',
};

addWords('inspections', { en, zh });
