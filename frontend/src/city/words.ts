/** The words of the 3D city. */
import { addWords } from '../i18n';

const en = {
  itsRecord: 'Record and history',
  none: 'No building is registered here', noneHint: 'Choose an organisation at the left, or import buildings: Administration, Imports.', shade: 'Colour', use: 'Use', residents: 'Residents', vacant: 'Vacant homes', rented: 'Rented homes', everyGroup: 'All who need care', from_away: 'From elsewhere', groups: 'Needing care',
  residential: 'homes', commercial: 'shops and offices', public: 'public', industrial: 'industry', mixed: 'mixed', other: 'other', floors_one: '{{count}} floor', floors_other: '{{count}} floors', homes_one: '{{count}} home', homes_other: '{{count}} homes', people_one: '{{count}} resident', people_other: '{{count}} residents', building: 'Building', close: 'Close',
  purposeTitle: 'For what do you look into houses?', purposeOnce: 'Asked once while this window is open; it goes on record with each look at people.', look: 'Look inside', changePurpose: 'Purpose: {{purpose}}', floor: 'Floor', empty: 'nobody registered', occ_owner: 'owner', occ_rented: 'rented', occ_vacant: 'vacant', occ_unknown: 'unknown', noHouses: 'No home is registered in this building', house: 'House', entrance: 'Entrance {{number}}', area: '{{area}} m²',
  head: 'head', spouse: 'spouse', child: 'child', parent: 'parent', grandchild: 'grandchild', grandparent: 'grandparent', sibling: 'sibling', other_relative: 'relative', not_related: 'not related', years: '{{age}} years', identity: 'Identity number', telephone: 'Telephone', occupation: 'Occupation', away: 'from elsewhere', back: 'Back to the building', find: 'Find a resident', findHint: 'part of a name', nobody: 'Nobody by that name', may: 'Your role may not look at people', loaded: '{{buildings}} buildings, {{people}} residents',
};

const zh: typeof en = {
  itsRecord: '档案与变更历史',
  none: '此处暂无登记建筑', noneHint: '请在左侧选择组织,或在“系统管理-导入”中导入建筑。', shade: '着色', use: '用途', residents: '居住人口', vacant: '空置率', rented: '出租率', everyGroup: '全部重点关怀人群', from_away: '外来人口', groups: '重点关怀',
  residential: '住宅', commercial: '商业办公', public: '公共', industrial: '工业', mixed: '混合', other: '其他', floors_one: '{{count}} 层', floors_other: '{{count}} 层', homes_one: '{{count}} 户房屋', homes_other: '{{count}} 户房屋', people_one: '{{count}} 人', people_other: '{{count}} 人', building: '建筑', close: '关闭',
  purposeTitle: '查看住户的用途?', purposeOnce: '本窗口内只需填写一次,每次查看均留痕。', look: '查看', changePurpose: '用途:{{purpose}}', floor: '楼层', empty: '无登记住户', occ_owner: '自住', occ_rented: '出租', occ_vacant: '空置', occ_unknown: '未知', noHouses: '该建筑暂无登记房屋', house: '房屋', entrance: '{{number}} 单元', area: '{{area}} 平方米',
  head: '户主', spouse: '配偶', child: '子女', parent: '父母', grandchild: '孙辈', grandparent: '祖辈', sibling: '兄弟姐妹', other_relative: '其他亲属', not_related: '非亲属', years: '{{age}} 岁', identity: '身份证号', telephone: '电话', occupation: '职业', away: '外来', back: '返回建筑', find: '查找居民', findHint: '姓名的一部分', nobody: '查无此人', may: '您的角色不能查看人口信息', loaded: '{{buildings}} 栋建筑,{{people}} 人',
};

addWords('city', { en, zh });
