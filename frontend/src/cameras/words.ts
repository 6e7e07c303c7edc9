/** The words of cameras near a place. */
import { addWords } from '../i18n';

addWords('cameras', {
  en: { cameras: 'Cameras near by', within: 'Within', none: 'No camera within {{distance}}', picture: 'Live picture of {{name}}', open: 'Open the stream', noStream: 'No live picture is registered', failed: 'The picture does not come', hide: 'Close the picture' },
  zh: { cameras: '附近摄像头', within: '范围', none: '{{distance}}内没有摄像头', picture: '{{name}}实时画面', open: '打开视频流', noStream: '未登记实时画面', failed: '画面无法加载', hide: '关闭画面' },
});
