/** The words of the tool that redraws territories. */
import { addWords } from '../i18n';

addWords('territories', {
  en: {
    territories: 'Territories (t)', close: 'Close', choose: 'Choose an organisation at the left.', leaf: 'It has organisations below it: its border follows theirs. Choose one of those.', own: 'Yours is redrawn from above.',
    draw: 'Draw anew', edit: 'Move corners', split: 'Split', merge: 'Merge', complex: 'It has several parts or holes: draw it anew, or import it.',
    drawHint: 'Click the corners, double-click the last. Escape gives up.', editHint: 'Drag corners. Pull a small dot to make one, double-click one to take it away.', splitHint: 'Click from beyond one border to beyond the other, double-click the end.', mergeHint: 'Those that become part of it:',
    neighbours: 'Neighbours give way', newId: 'Id of the new one', newName: 'Its name', fits: 'It fits', save: 'Store', cancel: 'Cancel', done: 'The territory of {{name}} is stored',
    overlap: 'overlaps {{other}}: {{area}}', gap: 'nobody covers {{area}} of {{organisation}}', outside: '{{area}} lie outside of {{other}}', invalid: 'the border crosses itself',
    givesWay: 'Gives way: {{names}}', moves: 'Changes hands', buildings: '{{count}} buildings', people: '{{count}} people', members: '{{count}} members', incidents: '{{count}} open incidents', checking: 'Checking',
    history: 'Borders as they were on', log: 'What was changed', noLog: 'Nothing was changed yet', action_add: 'added', action_change: 'changed', action_merge: 'merged',
  },
  zh: {
    territories: '辖区划分(t)', close: '关闭', choose: '请在左侧选择组织。', leaf: '该组织有下级,边界随下级变化,请选择其下级。', own: '本组织的辖区由上级划定。',
    draw: '重新绘制', edit: '移动顶点', split: '拆分', merge: '合并', complex: '该辖区含多个部分或孔洞,请重新绘制或导入。',
    drawHint: '依次点击顶点,双击最后一个。Esc取消。', editHint: '拖动顶点;拖动小圆点可新增顶点,双击顶点可删除。', splitHint: '从边界外一侧点击到另一侧外,双击结束。', mergeHint: '并入的相邻辖区:',
    neighbours: '相邻辖区随之调整', newId: '新辖区编号', newName: '新辖区名称', fits: '边界吻合', save: '保存', cancel: '取消', done: '{{name}}的辖区已保存',
    overlap: '与{{other}}重叠:{{area}}', gap: '{{organisation}}有{{area}}无人覆盖', outside: '{{area}}超出{{other}}', invalid: '边界自相交',
    givesWay: '随之调整:{{names}}', moves: '划转', buildings: '{{count}}栋建筑', people: '{{count}}人', members: '{{count}}名网格员', incidents: '{{count}}件未结案件', checking: '检查中',
    history: '历史边界日期', log: '变更记录', noLog: '暂无变更', action_add: '新增', action_change: '变更', action_merge: '合并',
  },
});
