/** What days cost in the currency of a budget, in micros. */
export interface CostFacts {
  days: Map<string, bigint>;
  /** Part of it that is charged once, or for longer at once. */
  fixed: Map<string, bigint>;
  isComplete: (day: string) => boolean;
  /** First day of which anything is known; absent = none. */
  knownFrom?: string;
}

/** What is known of the cost of a budget, or why nothing is. */
export type FoundFacts = CostFacts | { problem: string };
