/** What files are for, as errors name it in English, with the Chinese beside it. */
const rolesZh: Readonly<Record<string, string>> = {
  'answer key': '答案文件',
  'calibration of the synthetic layer': '合成数据的校准参数',
  'collection config': '采集配置',
  'data file': '数据文件',
  exclusions: '排除词表',
  'file of the engine': '查询引擎的文件',
  folder: '文件夹',
  'groups of the study': '研究的分组表',
  'keyword list': '关键词表',
  'manifest of a folder of results': '结果文件夹的manifest',
  pack: '资料包',
  'panel of a finished run': '已完成运行的面板',
  'printed numbers': '已发表数值',
  'provenance of a panel': '面板的来源记录',
  'raw table of data.sheets, below the raw folder': 'data.sheets所列、位于原始数据文件夹中的原始表格',
  'raw tables': '原始表格',
  'raw tables of data.tables': 'data.tables所指的原始表格',
  'reference table of cities': '城市参照表',
  'reference tables': '参照表',
  'registry table': '企业登记表',
  'study file': '研究文件',
  'table of places, which a study of data.tables has itself or from its pack':
    '地区表；使用data.tables的研究须自带，或由其资料包提供',
};

/** A role in Chinese; one that is not known stays as it is. */
export function fileRoleZh(role: string): string {
  const raw = /^raw table \((?<kind>[^)]*)\)(?:, needed by (?<measures>.*))?$/.exec(role)?.groups;
  if (raw === undefined) return rolesZh[role] ?? role;
  const needed = raw.measures === undefined ? '' : `，${raw.measures.replaceAll(', ', '、')}需要它`;
  return `原始表格${raw.kind}${needed}`;
}
