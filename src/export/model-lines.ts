import type { ModelRequest } from '../model/request/contract.ts';
import type { ColumnTable } from '../table/column.ts';
import { programOf } from './catalog.ts';
import type { ProgramName } from './contract.ts';
import { columnsOf, modelCalls } from './model-calls.ts';
import { oneLine } from './one-line.ts';

/**
 * Lines of another program that repeat the models of requests on a data file; nothing is estimated here. What is shared by the
 * models comes once.
 * @param file as the program is to open it
 * @throws unknown-column, bad-where, the codes of formulas
 */
export function linesElsewhere(
  requests: readonly ModelRequest[],
  table: ColumnTable,
  { program, file }: { readonly program: ProgramName; readonly file: string },
): readonly string[] {
  const { lines, remark = oneLine } = programOf(program);
  const written = requests.flatMap((request) => {
    const columns = columnsOf(table, request.panel);
    return modelCalls(request, table).map((call) => lines(call, columns, file));
  });
  const setup = [...new Set(written.flatMap((one) => one.setup))];
  return [...setup, ...written.flatMap(({ model }) => ['', ...model])].map((line) => remark(oneLine(line)));
}
