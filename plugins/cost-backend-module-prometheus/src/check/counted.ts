import { Worded } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1 node`, `12,000 nodes`. */
export function counted(
  what: 'nodes' | 'pods' | 'targets' | 'shards' | 'containers' | 'gpus',
  amount: number,
): Worded {
  const count = Math.round(amount);
  return word(what, { count, number: grouped.format(count) });
}
