/** Words of the intercom, of notices and of the large-event screen. */
import { addWords } from '../i18n';

const en = {
  channels: 'Channels', newChannel: 'New channel', noChannels: 'No channel yet', noChannelsHint: 'A channel joins the members of an organisation, or those who are sent to an incident. They hear it on their handhelds.',
  choose: 'Choose a channel', everyone: 'everybody below', forIncident: 'for', open: 'Open', nothingSaid: 'Nothing said yet', write: 'Write …', send: 'Send', hold: 'Hold to talk', talking: 'Talking … let go to send', noMicrophone: 'The browser gives no microphone: {{reason}}',
  participants: 'Who takes part', rollCall: 'Call the roll', rollCallOf: 'Roll call of {{time}}', answered: 'answered', notYet: 'not yet', message: 'Message', 
  notices: 'Notices', newNotice: 'New notice', title: 'Title', body: 'Text', urgent: 'Urgent', urgentHint: 'Handhelds sound', publish: 'Publish', noNotices: 'Nothing announced yet', noNoticesHint: 'A notice goes to all members below an organisation; its receipts say who has read it.', read: 'read', unread: 'not read', receipts: 'Receipts', onlyUnread: 'Only who has not read it',
  event: 'Large event', chooseEvent: 'Choose the incident that is commanded from this screen', sentHere: 'On it', channel: 'Channel', openChannel: 'Open a channel for those who are sent', leave: 'Another incident', noIncidents: 'There is no open incident', fromPlace: 'from the place', 
};

const zh: typeof en = {
  channels: '频道', newChannel: '新建频道', noChannels: '暂无频道', noChannelsHint: '频道连接某一组织的网格员,或某案件的处置人员,消息会送达其手持终端。', choose: '请选择频道', everyone: '下属全体', forIncident: '案件', open: '打开', nothingSaid: '暂无消息', write: '输入消息……', send: '发送', hold: '按住讲话', talking: '正在讲话……松开发送', noMicrophone: '浏览器无法使用麦克风:{{reason}}',
  participants: '参与人员', rollCall: '点名', rollCallOf: '{{time}} 点名', answered: '已应答', notYet: '未应答', message: '消息', 
  notices: '通知', newNotice: '新建通知', title: '标题', body: '内容', urgent: '紧急', urgentHint: '手持终端响铃', publish: '发布', noNotices: '暂无通知', noNoticesHint: '通知发给组织下属全体网格员,回执显示谁已阅读。', read: '已读', unread: '未读', receipts: '回执', onlyUnread: '只看未读',
  event: '大型活动', chooseEvent: '请选择在本屏指挥的案件', sentHere: '处置人员', channel: '频道', openChannel: '为处置人员开设频道', leave: '更换案件', noIncidents: '没有待办案件', fromPlace: '距现场', 
};

addWords('talk', { en, zh });
