/** Group columns that a panel may carry → the column of reference/cities.csv that holds them. */
export const groupColumns: Readonly<Record<string, string>> = {
  region: 'region_nbs',
  region_paper_fit: 'region_paper_fit',
  resource_based: 'resource_based',
  city_size: 'size_class',
  city_size_paper_fit: 'size_paper_fit',
  agglomeration: 'agglomeration',
  agglomeration_paper_fit: 'agglomeration_paper_fit',
  municipality: 'municipality',
  coal_province: 'coal_province_fit',
  northwest_province: 'northwest_province',
};
