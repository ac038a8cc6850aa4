import type { SumsUse } from '../../../error/sums-use.ts';

/** What the refusal of sums by group says, in each language. */
export const english = {
  refusal: (use: SumsUse): string => {
    switch (use.kind) {
      case 'option':
        return `${use.name} asks for rows, and sums by group hold none. Leave it out, or have the sums made anew with it (kaya compress).`;
      case 'instruments':
        return `sums by group are of least squares, and ${use.name} asks for instruments. Estimate it on the rows.`;
      case 'slopes':
        return `${use.name} has slopes by level, of which sums by group are not made. Put i(level, x) among the regressors.`;
      case 'covariance':
        return `these sums are by ${use.by}: they give iid and cluster:${use.by}, not ${use.name}. Have sums made by those groups (kaya compress --by).`;
      case 'pooled':
        return `${use.groups} groups by ${use.by} have fewer than ${use.least} rows and are one group of these sums, so that errors by ${use.by} cannot be had. Use --vcov iid, or have sums made by larger groups (kaya compress --by).`;
      case 'model':
        return `the sums were made for ${use.made}: of it regressors may be left out, but outcome, constant and fixed effects stay. ${use.name} is not among them.`;
      case 'few-rows':
        return `${use.groups} groups by ${use.by} have fewer than ${use.least} rows, and ${use.rows} rows together: they cannot be told as one. Group by a coarser column (--by), leave them out (--where), or lower --min-rows.`;
    }
  },
};

export const chinese = {
  refusal: (use: SumsUse): string => {
    switch (use.kind) {
      case 'option':
        return `${use.name} 需要逐行数据，而分组和中没有。请去掉它，或用它重新生成分组和（kaya compress）。`;
      case 'instruments':
        return `分组和只用于最小二乘，而 ${use.name} 要求工具变量。请在逐行数据上估计。`;
      case 'slopes':
        return `${use.name} 含随水平变化的斜率，分组和不支持。请把 i(水平, x) 写入自变量。`;
      case 'covariance':
        return `这些分组和按 ${use.by} 生成：可用 iid 与 cluster:${use.by}，不能用 ${use.name}。请按相应的组重新生成（kaya compress --by）。`;
      case 'pooled':
        return `按 ${use.by} 有 ${use.groups} 组不足 ${use.least} 行，在这些分组和中并为一组，因此得不到按 ${use.by} 聚类的标准误。请用 --vcov iid，或按更大的组重新生成（kaya compress --by）。`;
      case 'model':
        return `这些分组和是为 ${use.made} 生成的：可以去掉其中的自变量，但因变量、常数项和固定效应不变。${use.name} 不在其中。`;
      case 'few-rows':
        return `按 ${use.by} 有 ${use.groups} 组不足 ${use.least} 行，合计 ${use.rows} 行：不能并为一组给出。请按更粗的列分组（--by），用 --where 去掉它们，或调低 --min-rows。`;
    }
  },
};
