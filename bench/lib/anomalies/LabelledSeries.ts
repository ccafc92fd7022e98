/** A series, and which of its points people called anomalies, where they said so. */
export interface LabelledSeries {
  folder: string;
  /** `folder/file`, without the file's ending. */
  name: string;
  /** As the file writes them. */
  timestamps: string[];
  /** Milliseconds since 1970-01-01, in the order of time. */
  at: Float64Array;
  /** NaN = the file has none. */
  values: Float64Array;
  /** 1 = an anomaly. Absent = nobody said of any point, so that alerts can't be judged. */
  labels?: Uint8Array;
}
