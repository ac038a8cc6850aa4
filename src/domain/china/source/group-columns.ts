/** A group column of a panel: the column of reference/cities.csv that holds it, and whether it is a 0/1 flag. */
export interface GroupColumn {
  readonly column: string;
  readonly isFlag: boolean;
}

const flag = (column: string): GroupColumn => ({ column, isFlag: true });
const text = (column: string): GroupColumn => ({ column, isFlag: false });

/** Group columns that a panel may carry. `*_paper_fit` are assumptions that reproduce printed numbers of observations. */
export const groupColumns: Readonly<Record<string, GroupColumn>> = {
  region: text('region_nbs'),
  region_paper_fit: text('region_paper_fit'),
  resource_based: flag('resource_based'),
  city_size: text('size_class'),
  city_size_paper_fit: text('size_paper_fit'),
  agglomeration: text('agglomeration'),
  agglomeration_paper_fit: text('agglomeration_paper_fit'),
  municipality: flag('municipality'),
  coal_province: flag('coal_province_fit'),
  northwest_province: flag('northwest_province'),
};
