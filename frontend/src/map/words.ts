/** The words of the map's tools. */
import { addWords } from '../i18n';

addWords('map', {
  en: {
    layers: 'Layers (l)', borders: 'Borders of organisations', labels: 'Names of organisations', members: 'Members', density: 'Density (H3 cells)', heat: 'Heat map',
    geofences: 'Geofences', components: 'Components (registry)', places: 'Key places (registry)', cameras: 'Cameras (registry)', satellite: 'Satellite', far: 'Many members, seen from afar', far_dots: 'One by one', far_organisations: 'By organisation', far_cells: 'By cell',
    measure: 'Measure distance and area (d)', fences: 'Geofences (g)', territories: 'Territories (t)', find: 'Find on the map (f)', print: 'Print the map (p)', close: 'Close',
    measureHint: 'Click along the way; double-click ends, at the start it closes an area. Escape gives up.', length: 'Length', around: 'Around', area: 'Area', radius: 'Radius',
    newPolygon: 'New polygon', newCircle: 'New circle', fenceHint: 'Click a geofence on the map or here to change it.', noFences: 'No geofences yet. Draw the first one.',
    polygonHint: 'Click the corners, double-click the last. Then drag corners. Escape gives up.', circleHint: 'Click the centre, then the rim. Then drag either. Escape gives up.',
    name: 'Name', dwell: 'Counts after (s)', alert: 'Alert', alert_none: 'None', alert_enter: 'On entering', alert_exit: 'On leaving', alert_both: 'On both', active: 'Watched',
    organisation: 'Organisation', save: 'Save', remove: 'Delete', removeSure: 'Delete for good?', cancel: 'Cancel', parts: 'This one has holes or several parts: change it by import',
    searchLabel: 'Street, place, organisation, member or coordinates', noMatch: 'Nothing found in what is in view', kind_place: 'place', kind_street: 'street', kind_organisation: 'organisation',
    kind_member: 'member', kind_coordinates: 'coordinates', printTitle: 'Situation map', printedAt: 'Printed', shownAt: 'As of', scale: 'Scale', saved: 'Geofence saved', removed: 'Geofence deleted', record: 'Open in the registry', moreInView: 'More in view than are drawn: come closer', class: 'Class of components', everyClass: 'Every class',
    what_in_order: 'in order', what_damaged: 'damaged', what_missing: 'missing', what_removed: 'removed', what_fire_safety: 'key fire-safety place', what_school: 'school', what_hospital: 'hospital', what_service_window: 'service window', what_site: 'other key place', what_camera: 'camera',
    risk_low: 'low risk', risk_medium: 'medium risk', risk_high: 'high risk', 'class_public facilities': 'public facilities', 'class_roads and traffic': 'roads and traffic', 'class_city environment': 'city environment', class_greening: 'greening', 'class_other components': 'other components',
  },
  zh: {
    layers: '图层(l)', borders: '组织边界', labels: '组织名称', members: '网格员', density: '密度(H3网格)', heat: '热力图',
    geofences: '电子围栏', components: '部件(登记)', places: '重点场所(登记)', cameras: '摄像头(登记)', satellite: '卫星影像', far: '人员较多且距离较远时', far_dots: '逐个显示', far_organisations: '按组织计数', far_cells: '按网格计数',
    measure: '测量距离与面积(d)', fences: '电子围栏(g)', territories: '辖区划分(t)', find: '地图搜索(f)', print: '打印地图(p)', close: '关闭',
    measureHint: '沿路线点击;双击结束,回到起点则闭合成面。Esc取消。', length: '长度', around: '周长', area: '面积', radius: '半径',
    newPolygon: '新建多边形', newCircle: '新建圆形', fenceHint: '在地图或列表中点击围栏进行修改。', noFences: '暂无电子围栏,请绘制第一个。',
    polygonHint: '依次点击顶点,双击结束;之后可拖动顶点。Esc取消。', circleHint: '先点击圆心,再点击圆周;之后均可拖动。Esc取消。',
    name: '名称', dwell: '停留多久生效(秒)', alert: '告警', alert_none: '不告警', alert_enter: '进入时', alert_exit: '离开时', alert_both: '进入和离开', active: '启用',
    organisation: '所属组织', save: '保存', remove: '删除', removeSure: '确定删除?', cancel: '取消', parts: '该围栏含孔洞或多个部分,请通过导入修改',
    searchLabel: '街道、地点、组织、人员或坐标', noMatch: '当前视野内未找到', kind_place: '地点', kind_street: '街道', kind_organisation: '组织',
    kind_member: '人员', kind_coordinates: '坐标', printTitle: '态势图', printedAt: '打印时间', shownAt: '数据时间', scale: '比例尺', saved: '围栏已保存', removed: '围栏已删除', record: '在登记册中打开', moreInView: '视野内数量过多,未全部显示,请放大', class: '部件大类', everyClass: '全部大类',
    what_in_order: '完好', what_damaged: '损坏', what_missing: '丢失', what_removed: '已拆除', what_fire_safety: '消防重点场所', what_school: '学校', what_hospital: '医院', what_service_window: '服务窗口', what_site: '其他重点场所', what_camera: '摄像头',
    risk_low: '低风险', risk_medium: '中风险', risk_high: '高风险', 'class_public facilities': '公用设施', 'class_roads and traffic': '道路交通', 'class_city environment': '市容环境', class_greening: '园林绿化', 'class_other components': '其他部件',
  },
});
