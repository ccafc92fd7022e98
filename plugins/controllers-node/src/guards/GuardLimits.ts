/** How much may be changed. Of several bounds the lowest holds. @public */
export interface BlastLimit {
  /** Targets. */
  count: number;
  /** Of the workloads of the cluster. */
  percent: number;
}

/** What guards compare with. @public */
export interface GuardLimits {
  /** Nothing is done in them: see `protectedNamespaces`. */
  protectedNamespaces: readonly string[];
  /** Of what takes capacity away; giving it is not bounded. */
  blastRadius: {
    perRun: BlastLimit;
    perDay: BlastLimit;
    /** So many targets are let through whatever the percentage of a small cluster is. */
    atLeast: number;
  };
  inventory: {
    /** Older ones are not trusted. */
    maxAgeSeconds: number;
    /** Fewer workloads than before, by more than so many of a hundred, are not believed. */
    shrunkPercent: number;
  };
  rate: {
    /** Writes to one target. */
    perTargetPerHour: number;
  };
  contested: {
    /** A write that is taken back within so many seconds … */
    withinSeconds: number;
    /** … so many times in a row is contested. */
    times: number;
  };
}
