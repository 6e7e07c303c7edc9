/** The service desk's words. */

export const en = {
  requests: 'Requests of citizens', filters: 'Filters', search: 'Words, or a number', state: 'State', kind: 'Kind', everyKind: 'Every kind', everyOrganisation: 'Every organisation', clear: 'Clear', nothingFound: 'Nothing found',
  open: 'Open', all: 'All', received: 'Received', in_hand: 'In hand', forwarded: 'Forwarded', answered: 'Answered', rejected: 'Rejected', withdrawn: 'Withdrawn',
  report: 'Report', help: 'Help', question: 'Question', complaint: 'Complaint', matter: 'Matter', unread: 'New words of the citizen',
  nothingOpen: 'Nothing waits for an answer', nothingOpenHint: 'Citizens file requests on the public page /public of this server; they appear here.', nothingSuits: 'No request suits the filters', nothingSuitsHint: 'Choose another state or organisation, or look for other words.',
  chooseOne: 'Choose a request', chooseOneHint: 'What the citizen wrote, what was said since, and what you may do stand here.', backToList: 'All requests', citizen: 'Citizen', said: 'What was said', ended: 'Ended',
  organisation: 'Responsible', place: 'Place', noPlace: 'none given', language: 'Language', lang_en: 'English', lang_zh: 'Chinese', takenBy: 'In the hands of', nobody: 'nobody', followedUp: 'Followed up',
  contact: 'To call back', noContact: 'The citizen left neither name nor telephone.', name: 'Name', telephone: 'Telephone', cancel: 'Cancel',
  incident: 'Incident', openIncident: 'Open {{id}} at the desk', rating: 'Rating', score: '{{score}} of 5', noRating: 'Not rated yet', record: 'Record', readOnly: 'You may read here; officers and dispatchers work on requests.',
  take: 'Take in hand', takeAgain: 'Take up again', message: 'Message', answer: 'Answer', forward: 'Make an incident', 'send-on': 'Send on', reject: 'Reject', 'follow-up': 'Follow up', deeds: 'What to do',
  messageHint: 'A word to the citizen; the request stays as it is.', answerHint: 'The citizen reads it, and the request ends.', rejectHint: 'It is none of ours: the citizen reads why, and the request ends.', sendOnHint: 'Another organisation of yours is responsible from now on.', followUpHint: 'You asked the citizen how it went. Only staff read this.', forwardHint: 'A member is to go there: the desk gets an incident, and the citizen sees how far it is.',
  text: 'To the citizen', note: 'Note for colleagues', newOrganisation: 'Who is responsible?', chooseKind: 'Kind of the incident', coordinates: 'Place: latitude, longitude', middle: 'The citizen gave no place: this is the middle of {{name}}. Type a better one if you know it.', badPlace: 'Two numbers, such as 51.15, 71.43',
  doSend: 'Send message', doAnswer: 'Answer and end', doReject: 'Reject', doSendOn: 'Send on', doFollowUp: 'Keep the note', doForward: 'Make the incident',
  done_take: '{{id}} is in your hands', done_message: 'Sent', done_answer: '{{id}} is answered', done_reject: '{{id}} is rejected', 'done_send-on': '{{id}} is sent on', 'done_follow-up': 'The note is on record', done_forward: '{{id}} has become an incident',
  log_add: 'filed', log_take: 'taken in hand', log_message: 'message', log_answer: 'answered', log_reject: 'rejected', log_forward: 'became an incident', log_withdraw: 'withdrawn', 'log_ask-again': 'asked again', 'log_send-on': 'sent on', 'log_follow-up': 'followed up', log_rate: 'rated',
};

export const zh: typeof en = {
  requests: '市民诉求', filters: '筛选', search: '文字或编号', state: '状态', kind: '类型', everyKind: '全部类型', everyOrganisation: '全部组织', clear: '清除', nothingFound: '未找到',
  open: '待办', all: '全部', received: '已收到', in_hand: '办理中', forwarded: '已转案件', answered: '已答复', rejected: '不予受理', withdrawn: '已撤回',
  report: '上报', help: '求助', question: '咨询', complaint: '投诉', matter: '办事', unread: '市民有新留言',
  nothingOpen: '暂无待办诉求', nothingOpenHint: '市民可在本服务器的 /public 页面提交诉求,提交后显示在此处。', nothingSuits: '没有符合条件的诉求', nothingSuitsHint: '请选择其他状态或组织,或更换搜索词。',
  chooseOne: '请选择一条诉求', chooseOneHint: '此处显示市民的陈述、往来留言及可执行的操作。', backToList: '全部诉求', citizen: '市民', said: '往来留言', ended: '办结时间',
  organisation: '受理单位', place: '位置', noPlace: '未提供', language: '语言', lang_en: '英文', lang_zh: '中文', takenBy: '经办人', nobody: '无', followedUp: '回访时间',
  contact: '回电信息', noContact: '市民未留下姓名和电话。', name: '姓名', telephone: '电话', cancel: '取消',
  incident: '案件', openIncident: '在调度台打开 {{id}}', rating: '评价', score: '{{score}} 分(满分5分)', noRating: '尚未评价', record: '办理记录', readOnly: '您可查看;诉求由工作人员和调度员办理。',
  take: '受理', takeAgain: '重新办理', message: '留言', answer: '答复', forward: '转为案件', 'send-on': '转交', reject: '不予受理', 'follow-up': '回访', deeds: '操作',
  messageHint: '给市民留言,诉求状态不变。', answerHint: '市民将看到答复,诉求随即办结。', rejectHint: '不属于本单位职责:市民将看到原因,诉求随即办结。', sendOnHint: '改由您管辖的其他组织负责。', followUpHint: '已向市民回访办理情况,仅工作人员可见。', forwardHint: '需派人到场:调度台将收到案件,市民可查看进度。',
  text: '致市民', note: '内部备注', newOrganisation: '由谁负责?', chooseKind: '案件类别', coordinates: '位置:纬度, 经度', middle: '市民未提供位置,此为{{name}}的中心点;如知道更准确的位置请填写。', badPlace: '请填写两个数字,如 51.15, 71.43',
  doSend: '发送留言', doAnswer: '答复并办结', doReject: '不予受理', doSendOn: '转交', doFollowUp: '保存备注', doForward: '生成案件',
  done_take: '{{id}} 由您办理', done_message: '已发送', done_answer: '{{id}} 已答复', done_reject: '{{id}} 不予受理', 'done_send-on': '{{id}} 已转交', 'done_follow-up': '备注已记录', done_forward: '{{id}} 已转为案件',
  log_add: '提交', log_take: '受理', log_message: '留言', log_answer: '答复', log_reject: '不予受理', log_forward: '转为案件', log_withdraw: '撤回', 'log_ask-again': '再次询问', 'log_send-on': '转交', 'log_follow-up': '回访', log_rate: '评价',
};

