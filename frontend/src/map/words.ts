/** The words of the map's tools. */
import { addWords } from '../i18n';

addWords('map', {
  en: {
    layers: 'Layers (l)', borders: 'Borders of organisations', labels: 'Names of organisations', members: 'Members', density: 'Density (H3 cells)', heat: 'Heat map',
    geofences: 'Geofences', satellite: 'Satellite', far: 'Many members, seen from afar', far_dots: 'One by one', far_organisations: 'By organisation', far_cells: 'By cell',
    measure: 'Measure distance and area (d)', fences: 'Geofences (g)', find: 'Find on the map (f)', print: 'Print the map (p)', close: 'Close',
    measureHint: 'Click along the way; double-click ends, at the start it closes an area. Escape gives up.', length: 'Length', around: 'Around', area: 'Area', radius: 'Radius',
    newPolygon: 'New polygon', newCircle: 'New circle', fenceHint: 'Click a geofence on the map or here to change it.', noFences: 'No geofences yet. Draw the first one.',
    polygonHint: 'Click the corners, double-click the last. Then drag corners. Escape gives up.', circleHint: 'Click the centre, then the rim. Then drag either. Escape gives up.',
    name: 'Name', dwell: 'Counts after (s)', alert: 'Alert', alert_none: 'None', alert_enter: 'On entering', alert_exit: 'On leaving', alert_both: 'On both', active: 'Watched',
    organisation: 'Organisation', save: 'Save', remove: 'Delete', removeSure: 'Delete for good?', cancel: 'Cancel', parts: 'This one has holes or several parts: change it by import',
    searchLabel: 'Street, place, organisation, member or coordinates', noMatch: 'Nothing found in what is in view', kind_place: 'place', kind_street: 'street', kind_organisation: 'organisation',
    kind_member: 'member', kind_coordinates: 'coordinates', printTitle: 'Situation map', printedAt: 'Printed', shownAt: 'As of', scale: 'Scale', saved: 'Geofence saved', removed: 'Geofence deleted',
  },
  zh: {
    layers: '图层(l)', borders: '组织边界', labels: '组织名称', members: '网格员', density: '密度(H3网格)', heat: '热力图',
    geofences: '电子围栏', satellite: '卫星影像', far: '人员较多且距离较远时', far_dots: '逐个显示', far_organisations: '按组织计数', far_cells: '按网格计数',
    measure: '测量距离与面积(d)', fences: '电子围栏(g)', find: '地图搜索(f)', print: '打印地图(p)', close: '关闭',
    measureHint: '沿路线点击;双击结束,回到起点则闭合成面。Esc取消。', length: '长度', around: '周长', area: '面积', radius: '半径',
    newPolygon: '新建多边形', newCircle: '新建圆形', fenceHint: '在地图或列表中点击围栏进行修改。', noFences: '暂无电子围栏,请绘制第一个。',
    polygonHint: '依次点击顶点,双击结束;之后可拖动顶点。Esc取消。', circleHint: '先点击圆心,再点击圆周;之后均可拖动。Esc取消。',
    name: '名称', dwell: '停留多久生效(秒)', alert: '告警', alert_none: '不告警', alert_enter: '进入时', alert_exit: '离开时', alert_both: '进入和离开', active: '启用',
    organisation: '所属组织', save: '保存', remove: '删除', removeSure: '确定删除?', cancel: '取消', parts: '该围栏含孔洞或多个部分,请通过导入修改',
    searchLabel: '街道、地点、组织、人员或坐标', noMatch: '当前视野内未找到', kind_place: '地点', kind_street: '街道', kind_organisation: '组织',
    kind_member: '人员', kind_coordinates: '坐标', printTitle: '态势图', printedAt: '打印时间', shownAt: '数据时间', scale: '比例尺', saved: '围栏已保存', removed: '围栏已删除',
  },
});
