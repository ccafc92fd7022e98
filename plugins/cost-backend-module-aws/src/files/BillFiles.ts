/** A file of a folder or a bucket. */
export interface BillFile {
  /** Below the configured folder or prefix, with `/` between its parts. */
  path: string;
  /** Another one whenever its content may be another; the same for the same content. */
  digest: string;
  /** Of its last change, milliseconds since 1970. */
  changedAt: number;
}

/** A file as DuckDB can read it; `release` when it is no longer needed. */
export interface LocalFile {
  path: string;
  release(): Promise<void>;
}

/** Where exports lie. */
export interface BillFiles {
  /** Said of it in errors: the folder, or the bucket and the prefix. */
  readonly place: string;
  /** Every file, in no particular order. */
  list(signal: AbortSignal): Promise<BillFile[]>;
  text(path: string, signal: AbortSignal): Promise<string>;
  local(path: string, signal: AbortSignal): Promise<LocalFile>;
}
