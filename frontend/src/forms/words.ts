/** Words of the page of forms, and of entries wherever they are shown. */
import { addWords } from '../i18n';

const en = {
  forms: 'Forms', formsHint: 'What the city asks about people, households, places and establishments.', newForm: 'New form', chooseForm: 'Choose a form', chooseFormHint: 'Its questions, who may fill it in, and what was filled in stand here.',
  state_draft: 'Draft', state_published: 'In force', state_retired: 'Out of use', version: 'Version {{version}}', filledAbout: 'Filled in about', readers: 'Read by', fillers: 'Filled in by', questions: '{{count}} questions', everyone: 'all roles',
  people: 'People', households: 'Households', buildings: 'Buildings', houses: 'Houses', places: 'Places', things: 'Components', establishments: 'Establishments',
  administrator: 'Administrators', commander: 'Commanders', dispatcher: 'Dispatchers', supervisor: 'Supervisors', officer: 'Officers', member: 'Members',
  preview: 'Preview', edit: 'Edit', entries: 'Entries', versions: 'Versions', previewHint: 'As it is seen on the handheld and here. Nothing is stored.', tryIt: 'Check the answers', wouldBeTaken: 'These answers would be taken.',
  editHint: 'Publishing makes a new version; what was filled in keeps the version that asked.', titleEn: 'Title, English', titleZh: 'Title, Chinese', code: 'Code', codeHint: 'Small letters, digits and -; never changes.',
  question: 'Question {{number}}', labelEn: 'English', labelZh: 'Chinese', kind: 'Answer', required: 'Must be answered', choicesLabel: 'Choices, one a line: English | Chinese', addQuestion: 'Add a question', removeQuestion: 'Remove question {{number}}', moveUp: 'Move question {{number}} up', moveDown: 'Move question {{number}} down',
  kind_text: 'Line of text', kind_longText: 'Text', kind_integer: 'Whole number', kind_number: 'Number', kind_yesNo: 'Yes or no', kind_choice: 'One choice', kind_choices: 'Several choices', kind_date: 'Date', kind_other: 'Special (kept as it is)',
  saveDraft: 'Save draft', publish: 'Publish a new version', saved: 'The draft is saved', published: 'Version {{version}} is in force', draftWaits: 'A draft of version {{version}} waits to be published.', retire: 'Take out of use', retired: 'The form is out of use', onlyCity: 'Only administrators of the whole city change forms.',
  noEntries: 'Nothing has been filled in', noEntriesHint: 'Members fill forms in on the handheld; here, from a household or a place.', by: 'by {{name}}, {{when}}', ended: 'Taken back', more: 'More', show: 'Show', notYours: 'Your role does not read what is filled in by this form.',
  fillIn: 'Fill in a form', whichForm: 'Which form?', send: 'Store', cancel: 'Cancel', stored: 'Stored', version_by: 'by {{name}}, {{when}}', back: 'All forms',
};

const zh: { [K in keyof typeof en]: string } = {
  forms: '表单', formsHint: '本市对人口、家庭、场所和单位登记的内容。', newForm: '新建表单', chooseForm: '请选择表单', chooseFormHint: '此处显示其问题、填写权限和已填内容。',
  state_draft: '草稿', state_published: '使用中', state_retired: '已停用', version: '第{{version}}版', filledAbout: '登记对象', readers: '可查看', fillers: '可填写', questions: '{{count}}个问题', everyone: '所有角色',
  people: '人口', households: '家庭', buildings: '楼栋', houses: '房屋', places: '场所', things: '部件', establishments: '单位',
  administrator: '管理员', commander: '指挥长', dispatcher: '调度员', supervisor: '监督员', officer: '工作人员', member: '网格员',
  preview: '预览', edit: '编辑', entries: '已填内容', versions: '版本', previewHint: '与手持终端和本系统中的显示一致,不会保存。', tryIt: '检查填写内容', wouldBeTaken: '填写内容符合要求。',
  editHint: '发布后成为新版本;已填内容保留填写时的版本。', titleEn: '英文标题', titleZh: '中文标题', code: '代码', codeHint: '小写字母、数字和-,确定后不可更改。',
  question: '问题{{number}}', labelEn: '英文', labelZh: '中文', kind: '答案类型', required: '必填', choicesLabel: '选项,每行一个:英文 | 中文', addQuestion: '添加问题', removeQuestion: '删除问题{{number}}', moveUp: '上移问题{{number}}', moveDown: '下移问题{{number}}',
  kind_text: '单行文字', kind_longText: '多行文字', kind_integer: '整数', kind_number: '数字', kind_yesNo: '是或否', kind_choice: '单选', kind_choices: '多选', kind_date: '日期', kind_other: '特殊(保持不变)',
  saveDraft: '保存草稿', publish: '发布新版本', saved: '草稿已保存', published: '第{{version}}版已启用', draftWaits: '第{{version}}版草稿待发布。', retire: '停用', retired: '表单已停用', onlyCity: '仅市级管理员可以修改表单。',
  noEntries: '尚无填写内容', noEntriesHint: '网格员在手持终端上填写;也可在家庭或场所页面填写。', by: '{{name}},{{when}}', ended: '已撤回', more: '更多', show: '查看', notYours: '您的角色无权查看此表单的填写内容。',
  fillIn: '填写表单', whichForm: '选择表单', send: '保存', cancel: '取消', stored: '已保存', version_by: '{{name}},{{when}}', back: '全部表单',
};

addWords('forms', { en, zh });
