/** A series, and which of its points people called anomalies. */
export interface LabelledSeries {
  folder: string;
  /** `folder/file`, without the file's ending. */
  name: string;
  /** As the file has them. */
  timestamps: string[];
  /** Milliseconds since 1970-01-01, in the order of the file. */
  at: Float64Array;
  /** NaN = the file has none. */
  values: Float64Array;
  /** All 0 where the file has no labels. */
  labels: Uint8Array;
}
