/** Words of the public's pages. */

export const en = {
  title: 'Public service', home: 'Start', file: 'File a request', follow: 'Follow a request', fileHint: 'Something is broken, you need help, or have a question: say it here. No account needed.',
  followHint: 'See how far your request is, write to who works on it, say how it was.', kind: 'What is it about?', report: 'Something is broken or dirty', help: 'I need help', question: 'A question', complaint: 'A complaint', matter: 'A matter to settle',
  subject: 'In a few words', body: 'What happened, and where exactly?', where: 'Who should get it?', chooseHint: 'Your community, if you know it', choose: 'Please choose', here: 'Use the place where I am', hereDone: 'Your place goes with the request.', hereFailed: 'The phone does not say where it is: choose a community.',
  name: 'Your name (if you want to be called)', telephone: 'Your telephone (if you want to be called)', contactHint: 'Both are encrypted, and seen only by who works on your request.', send: 'Send', sending: 'Sending…', filed: 'Thank you: your request has arrived.',
  codeIs: 'Your code', keepCode: 'Note or print this code. It is shown only now: with it you follow your request.', print: 'Print', goTo: 'It goes to', number: 'Number', code: 'Code of your request', show: 'Show', another: 'Another code',
  received: 'Received', in_hand: 'In hand', forwarded: 'Somebody is sent', answered: 'Answered', rejected: 'Not taken up', withdrawn: 'Withdrawn', ended: 'Done', progress: 'How far it is', you: 'You', office: 'Office', messages: 'Messages', noMessages: 'Nothing was said yet.',
  write: 'Write a message', withdraw: 'Withdraw the request', withdrawSure: 'Really withdraw it?', yes: 'Yes, withdraw', no: 'No', rate: 'How was it?', score_1: 'Bad', score_2: 'Poor', score_3: 'Fair', score_4: 'Good', score_5: 'Very good', comment: 'Anything to add? (optional)', rated: 'You rated it', thanks: 'Thank you.',
  language: '中文', loading: 'Loading', since: 'since', offline: 'The server does not answer: try again.',
};

export const zh: typeof en = {
  title: '公共服务', home: '首页', file: '提交诉求', follow: '查询进度', fileHint: '设施损坏、需要帮助或有疑问,都可在此提交,无需注册。',
  followHint: '查看办理进度、与经办人留言、评价结果。', kind: '诉求类型', report: '设施损坏或环境脏乱', help: '需要帮助', question: '咨询', complaint: '投诉', matter: '办理事项',
  subject: '简要说明', body: '发生了什么?具体在哪里?', where: '提交给', chooseHint: '如知道,请选择所在社区', choose: '请选择', here: '使用我当前的位置', hereDone: '您的位置将随诉求一并提交。', hereFailed: '无法获取位置,请选择社区。',
  name: '姓名(如需回电)', telephone: '电话(如需回电)', contactHint: '以上信息加密保存,仅经办人员可见。', send: '提交', sending: '正在提交…', filed: '感谢您,诉求已收到。',
  codeIs: '您的查询码', keepCode: '请记下或打印此码,仅显示这一次,凭码可查询进度。', print: '打印', goTo: '受理单位', number: '编号', code: '查询码', show: '查询', another: '换一个码',
  received: '已收到', in_hand: '办理中', forwarded: '已派人处理', answered: '已答复', rejected: '不予受理', withdrawn: '已撤回', ended: '办结', progress: '办理进度', you: '您', office: '经办单位', messages: '留言', noMessages: '暂无留言。',
  write: '留言', withdraw: '撤回诉求', withdrawSure: '确定要撤回吗?', yes: '确定撤回', no: '取消', rate: '您是否满意?', score_1: '很不满意', score_2: '不满意', score_3: '一般', score_4: '满意', score_5: '非常满意', comment: '补充意见(选填)', rated: '您的评价', thanks: '谢谢。',
  language: 'English', loading: '加载中', since: '自', offline: '服务器无响应,请重试。',
};
