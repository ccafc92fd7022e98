/** How a file of charges is written. */
export type DataFormat = 'csv' | 'parquet';

/** By the end of its name; undefined = it holds no charges. */
export function dataFormatOf(path: string): DataFormat | undefined {
  if (/\.parquet$/i.test(path)) {
    return 'parquet';
  }
  return /\.csv(\.gz|\.zst)?$/i.test(path) ? 'csv' : undefined;
}
