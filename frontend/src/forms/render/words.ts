/** Words of a form that is filled in, in the command centre and on the handheld. */
import { addWords } from '../../i18n';

const en = {
  yes: 'Yes', no: 'No', add: 'Add', remove: 'Remove', up: 'Move up', down: 'Move down', clear: 'Clear', item: 'Entry', none: 'Nothing yet: add one.', notAnswered: '–',
  fault_required: 'Fill this in', fault_type: 'This is no answer of the kind that is asked for', fault_oneOf: 'Choose one of these', fault_format: 'Not understood: check how it is written',
  fault_minimum: 'At least {{limit}}', fault_maximum: 'At most {{limit}}', fault_exclusiveMinimum: 'More than {{limit}}', fault_exclusiveMaximum: 'Less than {{limit}}', fault_multipleOf: 'A multiple of {{limit}}',
  fault_minLength: 'At least {{limit}} characters', fault_maxLength: 'At most {{limit}} characters', fault_minItems: 'At least {{limit}} of them', fault_maxItems: 'At most {{limit}} of them', fault_uniqueItems: 'Each only once', fault_other: 'This does not keep to the form',
};

const zh: { [K in keyof typeof en]: string } = {
  yes: '是', no: '否', add: '添加', remove: '删除', up: '上移', down: '下移', clear: '清除', item: '条目', none: '暂无,请添加。', notAnswered: '–',
  fault_required: '请填写', fault_type: '填写的内容类型不符', fault_oneOf: '请从选项中选择', fault_format: '格式有误,请检查',
  fault_minimum: '不得小于{{limit}}', fault_maximum: '不得大于{{limit}}', fault_exclusiveMinimum: '须大于{{limit}}', fault_exclusiveMaximum: '须小于{{limit}}', fault_multipleOf: '须为{{limit}}的倍数',
  fault_minLength: '至少{{limit}}个字', fault_maxLength: '最多{{limit}}个字', fault_minItems: '至少{{limit}}项', fault_maxItems: '最多{{limit}}项', fault_uniqueItems: '不能重复', fault_other: '不符合表单要求',
};

addWords('form', { en, zh });
