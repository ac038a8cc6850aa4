import type { EngineUse } from '../../../error/engine-use.ts';

/** Why an engine does not do something, as a sentence in both languages. */
export function refusalText(use: EngineUse): { readonly en: string; readonly zh: string } {
  return { en: english.refusal(use), zh: chinese.refusal(use) };
}

/** What the refusal of an engine says, in each language. */
export const english = {
  refusal: ({ kind, name, levels, limit }: EngineUse): string => {
    switch (kind) {
      case 'function':
        return `${name} looks at a whole column, which an engine does not do in a formula.`;
      case 'term':
        return `an engine has no ${name} in a formula.`;
      case 'effect':
        return `an engine takes out fixed effects without slopes; ${name} has them.`;
      case 'covariance':
        return `an engine has iid, hc0, hc1 and clusters by one or two variables, not ${name}.`;
      case 'constant':
        return `under --ssc ${name} the constant is made of the effects beside that of the unit, which must have fewer levels with an engine: name the unit with --panel or write its effect first.`;
      case 'option':
        return `${name} goes through the rows, which stay where they are with --engine duckdb and spark.`;
      case 'file':
        return `--engine duckdb does not read ${name}: it reads csv, parquet and tables of DuckDB.`;
      case 'lake':
        return `--engine spark does not read ${name}: it reads tables of the server, and Parquet, ORC, Avro, Delta and Iceberg by a path that the server has.`;
      case 'rows':
        return `${name} is made of the rows of the panel, which stay where they are.`;
      case 'derived':
        return `${name} looks back in time, which an engine does in the formula of a model alone.`;
      case 'table':
        return `the table ${name} looks at the rows of its models.`;
      case 'pairs':
        return `the levels of the effects meet in ${name} pairs, more than an engine sums.`;
      case 'levels':
        return `an engine takes out any two fixed effects, and further ones of ${limit} levels together; ${name} has ${levels}.`;
      case 'crossing':
        return `--wild needs the dummies of effects that cross the clusters, of ${limit} levels together with an engine; ${name} has ${levels}. Cluster by that effect, or by what it lies in.`;
      case 'leaving-out':
        return `--wild-type with a 3 leaves out clusters that ${name} crosses, which goes through the rows: WCR11 and WCU11 do not.`;
      case 'within':
        return `--wild needs one of the effects ${name} to be finer than the others that lie within the clusters.`;
      case 'clusters':
        return `--wild by ${name} takes ${levels} numbers here, more than ${limit}: cluster by something coarser.`;
      case 'wild':
        return `an engine has the wild bootstrap of least squares by the clusters of one variable, not ${name}.`;
    }
  },
  ways: 'Aggregate the rows or take a sample of them first, or use --engine memory.',
};

export const chinese = {
  refusal: ({ kind, name, levels, limit }: EngineUse): string => {
    switch (kind) {
      case 'function':
        return `${name} 要看整列，引擎在公式中不做这样的计算。`;
      case 'term':
        return `引擎的公式中没有 ${name}。`;
      case 'effect':
        return `引擎只吸收不带斜率的固定效应，${name} 带有斜率。`;
      case 'covariance':
        return `引擎有 iid、hc0、hc1 以及按一个或两个变量聚类，没有 ${name}。`;
      case 'constant':
        return `在 --ssc ${name} 下，常数项由个体效应以外的效应得出；用引擎时后者的水平数须更少：请用 --panel 指明个体，或把个体效应写在前面。`;
      case 'option':
        return `${name} 要逐行计算，而用 --engine duckdb 或 spark 时各行留在原处。`;
      case 'file':
        return `--engine duckdb 不读 ${name}：它读 csv、parquet 和 DuckDB 的表。`;
      case 'lake':
        return `--engine spark 不读 ${name}：它读服务器的表，以及服务器能找到的 Parquet、ORC、Avro、Delta 和 Iceberg 路径。`;
      case 'rows':
        return `${name} 由面板的各行得出，而各行留在原处。`;
      case 'derived':
        return `${name} 要看以前的时期，引擎只在模型的公式中这样做。`;
      case 'table':
        return `表 ${name} 要看其模型的各行。`;
      case 'pairs':
        return `各效应的水平共有 ${name} 个相遇对，超过引擎所能求和的数目。`;
      case 'levels':
        return `引擎可吸收任意两个固定效应，以及合计不超过 ${limit} 个水平的其他效应；${name} 有 ${levels} 个水平。`;
      case 'crossing':
        return `--wild 需要跨聚类效应的虚拟变量，用引擎时合计不超过 ${limit} 个水平；${name} 有 ${levels} 个。请按该效应或包含它的变量聚类。`;
      case 'leaving-out':
        return `带 3 的 --wild-type 要逐一去掉 ${name} 所跨的聚类，须逐行计算；WCR11 和 WCU11 则不必。`;
      case 'within':
        return `--wild 要求聚类内的效应 ${name} 中有一个比其他的都细。`;
      case 'clusters':
        return `按 ${name} 做 --wild 须取回 ${levels} 个数，超过 ${limit}：请按更粗的变量聚类。`;
      case 'wild':
        return `引擎只做按一个变量聚类的最小二乘 wild 自助法，没有 ${name}。`;
    }
  },
  ways: '请先汇总或抽样，或改用 --engine memory。',
};
