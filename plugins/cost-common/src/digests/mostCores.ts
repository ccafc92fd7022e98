/** No machine has as many: what the largest kernels are built for. */
const MOST_CORES = 8192;
/** How far a rate may lie above the cores there are: counters are read a moment late. */
const TOLERANCE = 1.05;

/**
 * The highest CPU sample that can be of a node: its cores and a little more,
 * those of the largest machine where they are not known, or where a node claims
 * more, as virtual ones do.
 *
 * @public
 */
export function mostCores(nodeCores: number | undefined): number {
  return Math.min(nodeCores ?? MOST_CORES, MOST_CORES) * TOLERANCE;
}
