/** Texts of the islands; everything else comes from the server's message bundles. */
import { chinese } from './http';

const zh = {
  errorsTitle: '有内容需要更正',
  errorTitlePrefix: '错误：',
  sending: '正在提交…',
  notSent: '尚未送出：网络不通。内容还在本页，恢复后请再按一次提交，不会重复办理。',
  draftSaved: '草稿已保存 {time}',
  draftFailed: '草稿未能保存，请勿关闭本页',
  failed: '没有办成',
  loading: '正在加载…',
  broken: '这部分无法显示。请刷新页面；仍不行请联系管理员。',
  active: '办理中',
  times: '{n} 次',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '全图',
  here: '当前步骤',
  diagram: '流程图。方向键移动，加号放大，减号缩小，零显示全图。下方列表内容相同。',
  sessionOver: '登录已过期。草稿已保存，请重新登录后继续。',
  signIn: '重新登录',
};

const en: typeof zh = {
  errorsTitle: 'Something needs correcting',
  errorTitlePrefix: 'Error: ',
  sending: 'Sending…',
  notSent: 'Not sent yet: no connection. What you entered is still here; submit again once you are back online. It will not be done twice.',
  draftSaved: 'Draft saved {time}',
  draftFailed: 'The draft could not be saved; please keep this page open',
  failed: 'It was not done',
  loading: 'Loading…',
  broken: 'This part cannot be shown. Reload the page; if that does not help, tell your administrator.',
  active: 'In progress',
  times: '{n}×',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Whole picture',
  here: 'Current step',
  diagram: 'Process picture. Arrow keys move, plus and minus zoom, zero shows everything. The list below says the same.',
  sessionOver: 'Your session ended. The draft was saved; sign in again to go on.',
  signIn: 'Sign in again',
};

export function text(key: keyof typeof zh, values: Record<string, string> = {}): string {
  return (chinese() ? zh : en)[key].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Every text form-js and bpmn-js can show; English is what they bring. */
const library: Record<string, string> = {
  'Field is required.': '请填写此项。',
  'Field must match pattern {value}.': '格式不正确。',
  'Field must be a valid email.': '请填写有效的电子邮箱地址。',
  'Field must be a valid international phone number. (e.g. +4930664040900)': '请填写有效的国际电话号码（例如 +8613800000000）。',
  'Field must have minimum value of {value}.': '不能小于 {value}。',
  'Field must have maximum value of {value}.': '不能大于 {value}。',
  'Field must have minimum length of {value}.': '至少填写 {value} 个字。',
  'Field must have maximum length of {value}.': '最多填写 {value} 个字。',
  'Value is not a number.': '请填写数字。',
  'Value is expected to be an integer.': '请填写整数。',
  'Value is expected to have at most {value} decimal digits.': '最多保留 {value} 位小数。',
  'Value is expected to have at most 1 decimal digit.': '最多保留 1 位小数。',
  'Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.':
    '请填写有效的数值，最接近的是 {previousValue} 和 {nextValue}。',
  'Min validation value is not a valid number.': '最小值设置有误。',
  'Max validation value is not a valid number.': '最大值设置有误。',
  'Date and time must both be entered.': '日期和时间都要填写。',
  'No content to show.': '没有可显示的内容。',
  "External content couldn't be loaded.": '外部内容无法加载。',
  Increment: '加一',
  Decrement: '减一',
  Search: '搜索',
  'No results': '没有结果',
  'All values selected': '已全部选择',
  'Remove tag': '移除',
  'Skip to search': '跳到搜索',
  'Add new': '增加一项',
  Collapse: '收起',
  'Expand all ({value})': '全部展开（{value}）',
  'Nothing to show.': '暂无数据。',
  'Next page': '下一页',
  'Previous page': '上一页',
  '{page} of {total}': '第 {page} 页，共 {total} 页',
  'Click to sort by {value} descending': '按{value}降序排列',
  'Click to sort by {value} ascending': '按{value}升序排列',
  'Click to remove sorting': '取消排序',
  'No files selected': '未选择文件',
  '{value} files selected': '已选择 {value} 个文件',
  'Download {fileName}': '下载 {fileName}',
  'Document reference is not defined.': '未指明文件。',
  'Unable to download document': '文件无法下载',
  "binding path '{value}' is already claimed": '字段 {value} 重复',
};

export function translate(template: string, values: Record<string, unknown> = {}): string {
  const chosen = chinese() ? (library[template] ?? template) : template;
  return chosen.replace(/\{([^}]+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`));
}

export const translateModule = { translate: ['value', translate] };
