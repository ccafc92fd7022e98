/** Of rows `d` of days: what they cost by themselves. */
export const OWN =
  'd.cpu_micros + d.memory_micros + d.gpu_micros + d.storage_micros + d.network_micros';
/** Of the same rows, or those of machines: what of it is of machines. */
export const ON_MACHINES = 'd.cpu_micros + d.memory_micros + d.gpu_micros';
/** Of the same rows: what sharing moved there. */
export const MOVED = 'd.shared_idle_micros + d.shared_overhead_micros';
