/** Items `i` of bills that are of machines `m` of clusters. */
export const OF_MACHINES =
  "cost_bill_items i JOIN cost_machines m ON m.machine = i.machine AND i.machine <> ''";

/** Of items `i`: they are charged once, or for longer at once. */
export const IS_FIXED = "i.frequency IN ('One-Time', 'Recurring')";
