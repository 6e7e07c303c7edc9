/** Words of the registry on the handheld. */
import { addWords } from '../../i18n';

const en = {
  registerHousehold: 'Register a household', registerHint: 'House, head, members, and what is asked about them.', fillForm: 'Fill in a form', noForms: 'The forms are not on this phone yet: connect once', groundAt: 'Houses and places of your grid as of {{when}}', noGround: 'The houses of your grid are not on this phone yet: connect once', refreshGround: 'Read them again',
  house: 'House', findHouse: 'Address or door number', chosenHouse: 'Chosen house', otherHouse: 'Another house', moreHouses: '{{count}} more: write more of the address', noHouse: 'No such house in your grid', newDoor: 'This door is not in the list', building: 'Building', chooseBuilding: 'Choose a building', entrance: 'Entrance', floor: 'Floor', number: 'Door number', residents: '{{count}} registered', backToList: 'Choose from the list',
  tenure: 'They live here as', owner: 'owners', tenant: 'tenants', other: 'other', unknown: 'not known', people: 'People', addPerson: 'Add a person', removePerson: 'Remove {{name}}', person: 'Person {{n}}', name: 'Name', relation: 'Relation to the head', gender: 'Gender', female: 'female', male: 'male', birth: 'Born on', telephone: 'Telephone', identity: 'Identity number', residence: 'Household registration', registered: 'registered here', from_away: 'registered elsewhere', away: 'registered here, lives elsewhere',
  head: 'head', spouse: 'spouse', child: 'child', parent: 'parent', grandchild: 'grandchild', grandparent: 'grandparent', sibling: 'sibling', other_relative: 'relative', not_related: 'not related',
  forms: 'Forms', addForm: 'Add a form', keepForm: 'Keep these answers', cancel: 'Cancel', removeForm: 'Remove {{name}}', register: 'Register the household', kept: 'Kept, and sent as soon as there is a network. Each arrives once.',
  needHouse: 'Choose the house, or write its door number', needNames: 'Each person has a name', needHead: 'One person is the head of the household', badIdentity: 'An identity number is not right: check its digits', badTelephone: 'A telephone number has 3 to 15 digits',
  about: 'About', whichOne: 'Which one?', find: 'Name or address', needsNetwork: 'Data of people are not kept on the phone: this needs a network.', nobodyHere: 'Nobody is registered there', notFound: 'Nothing found in your grid', send: 'Send',
  inspections: 'Inspections due in my grid', nothingDue: 'Nothing is due', nothingDueHint: 'Inspections appear here some days before they are due; a notice tells you.', overdueDays_one: '{{count}} day overdue', overdueDays_other: '{{count}} days overdue', dueDays_one: 'in {{count}} day', dueDays_other: 'in {{count}} days', notDue: 'This inspection is not due any more', result: 'Result', resultOk: 'In order', resultFaults: 'Faults found', alsoReport: 'Report an incident out of it', noIncident: 'no incident', inspected: 'Inspection done',
  el_people: 'a person', el_households: 'a household', el_buildings: 'a building', el_houses: 'a house', el_places: 'a place', el_things: 'a component', el_establishments: 'an establishment',
};

const zh: { [K in keyof typeof en]: string } = {
  registerHousehold: '登记家庭', registerHint: '房屋、户主、成员及相关表单。', fillForm: '填写表单', noForms: '此手机上还没有表单,请先联网一次', groundAt: '本网格房屋与场所,{{when}}更新', noGround: '此手机上还没有本网格的房屋,请先联网一次', refreshGround: '重新读取',
  house: '房屋', findHouse: '地址或门牌号', chosenHouse: '已选房屋', otherHouse: '选择其他房屋', moreHouses: '还有{{count}}条,请输入更多地址', noHouse: '本网格没有此房屋', newDoor: '列表中没有此门户', building: '楼栋', chooseBuilding: '请选择楼栋', entrance: '单元', floor: '楼层', number: '门牌号', residents: '已登记{{count}}人', backToList: '从列表中选择',
  tenure: '居住方式', owner: '自有', tenant: '租住', other: '其他', unknown: '未知', people: '家庭成员', addPerson: '添加成员', removePerson: '删除{{name}}', person: '成员{{n}}', name: '姓名', relation: '与户主关系', gender: '性别', female: '女', male: '男', birth: '出生日期', telephone: '电话', identity: '身份证号', residence: '户籍', registered: '户籍在此', from_away: '户籍在外', away: '户籍在此、居住在外',
  head: '户主', spouse: '配偶', child: '子女', parent: '父母', grandchild: '孙辈', grandparent: '祖辈', sibling: '兄弟姐妹', other_relative: '其他亲属', not_related: '非亲属',
  forms: '表单', addForm: '添加表单', keepForm: '保留填写内容', cancel: '取消', removeForm: '删除{{name}}', register: '登记此家庭', kept: '已保存,有网络时自动发送,每条只送达一次。',
  needHouse: '请选择房屋或填写门牌号', needNames: '每位成员都要填写姓名', needHead: '须有且仅有一位户主', badIdentity: '身份证号有误,请核对', badTelephone: '电话号码应为3至15位数字',
  about: '登记对象', whichOne: '请选择', find: '名称或地址', needsNetwork: '手机上不保存个人信息,此处需要联网。', nobodyHere: '该处尚无登记', notFound: '本网格内未找到', send: '提交',
  inspections: '本网格待检查', nothingDue: '暂无待检查场所', nothingDueHint: '检查到期前几天会出现在这里,并发送通知。', overdueDays_one: '逾期{{count}}天', overdueDays_other: '逾期{{count}}天', dueDays_one: '还有{{count}}天', dueDays_other: '还有{{count}}天', notDue: '此检查已不需要', result: '检查结果', resultOk: '合格', resultFaults: '发现隐患', alsoReport: '同时上报案件', noIncident: '不上报', inspected: '完成检查',
  el_people: '人员', el_households: '家庭', el_buildings: '楼栋', el_houses: '房屋', el_places: '场所', el_things: '部件', el_establishments: '单位',
};

addWords('field', { en, zh });
