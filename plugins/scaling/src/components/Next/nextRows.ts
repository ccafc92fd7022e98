import { InForceRow, ScalingOverview } from '@headroom/plugin-scaling-common';
import { Said } from '@headroom/common';
import { TimelineRow, TimelineStretch } from '../Timeline';
import { shortWorkloadText } from '../WorkloadName';

/**
 * A line for each workload that will change: what holds now until its first change,
 * and then each change.
 */
export function nextRows(
  overview: Pick<ScalingOverview, 'at' | 'next'>,
  inForce: readonly InForceRow[],
  wordingOf: (said: Said) => string,
): TimelineRow[] {
  const now = new Map(inForce.map(row => [row.workload.id, row]));
  const rows = new Map<
    string,
    { name: string; stretches: TimelineStretch[] }
  >();
  for (const { workload, stretch } of overview.next) {
    let row = rows.get(workload.id);
    if (!row) {
      row = { name: shortWorkloadText(workload), stretches: [] };
      rows.set(workload.id, row);
      const held = now.get(workload.id);
      if (held && stretch.from > overview.at) {
        row.stretches.push({
          from: overview.at,
          to: stretch.from,
          wanted: held.wanted,
          because: wordingOf(held.because),
        });
      }
    }
    row.stretches.push({ ...stretch, because: wordingOf(stretch.because) });
  }
  return [...rows].map(([id, row]) => ({ id, ...row }));
}
