/** Why an answer of a registry cannot be used, Chinese. */
export const answersZh = {
  'answer.not_json': '正文不是JSON',
  'answer.no_number': '{path}处不是整数',
  'answer.no_list': '{path}处不是列表',
  'answer.no_code': '没有{path}',
  'answer.row': '{path}处第{row}行不是记录',
  'answer.deep': '嵌套超过{levels}层',
  'answer.large': '应答超过{size} MB',
  'answer.secret': '应答中含有密钥',
  'answer.late': '未在时限内应答',
  'answer.none': '没有应答',
} as const;
