import type { runEn } from '../en/run.ts';

/** The steps of a run, Simplified Chinese. */
export const runZh: Readonly<Record<keyof typeof runEn, string>> = {
  'step.simulate': '合成原始数据',
  'step.raw': '原始数据表',
  'step.panel': '面板',
  'step.models': '模型',
  'step.tables': '表与图',
  'step.report': '报告',
  'step.write': '文件',
  'step.reused': '沿用',
  'step.raw_size': '将在 {folder} 写入约 {size} MB 的合成原始数据表',
  'step.own': '用户文件',
  'step.made': '新生成',
  'step.panel_done': '{cities} 个城市，{observations} 个观测值',
  'step.panel_rows': '{rows}行',
  'run.took_over': '接管{folder}：原来占用它的运行（{command}，进程{pid}，始于{since}）已不存在',
  'run.waits': '等待{folder}：{host}上的进程{pid}（{command}）自{since}起正在使用',
  'run.finished': '此前一次运行在把文件移入{folder}时中断：其余{count}个文件已就位',
  'run.cleaned': '此前一次运行在文件写完之前中断：已从{folder}删除{count}个未完成的文件',
  'run.kept': '保留{folder}中不是Kaya生成的文件：{names}',
  'run.open': '请先打开',
  'run.layer_changed':
    '原始数据层为合成数据，生成后有{count}个文件被手工改动：{files}。结果既不属于当初生成的数据层，也不属于真实数据。',
  'run.layer_added': '合成数据层旁有{count}个并非由其生成的文件，一并读入：{files}',
  'run.report_without_data': '面板存入报告后为{megabytes} MB，超过24 MB：报告未含数据，内容固定不变。',
  'run.figures_left_out': '未写出：{files}。{why}',
  'run.stale': '本研究早先版本留下、且经你改动的{count}个文件，已原样保留：{files}',
  'run.verified': '{folder}与其manifest一致：{outputs}个输出文件，{inputs}个输入文件。',
  'run.verified_outputs': '{folder}与其manifest一致：{outputs}个输出文件。未核对输入。',
  'run.synthetic': '原始数据为合成数据：并非作者数据，也不是对论文的复现。',
};
