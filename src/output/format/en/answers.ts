/** Why an answer of a registry cannot be used, English. */
export const answersEn = {
  'answer.not_json': 'the body is not JSON',
  'answer.no_number': 'no whole number at {path}',
  'answer.no_list': 'no list at {path}',
  'answer.no_code': 'no {path}',
  'answer.row': 'row {row} at {path} is no record',
  'answer.deep': 'more than {levels:level/levels} inside each other',
  'answer.large': 'an answer of more than {size} MB',
  'answer.secret': 'the answer holds a secret',
  'answer.late': 'no answer in time',
  'answer.none': 'no answer',
} as const;
