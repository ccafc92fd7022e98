import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { listText } from '../reading/text';

/**
 * Matchers that pick nothing out of what is there.
 *
 * @param there - a series for each combination of values that the labels of the
 * matchers have anywhere
 */
export function checkMatchers(
  matchers: Record<string, string>,
  there: PrometheusSeries[],
  where: string,
): CheckFinding {
  const wanted = Object.entries(matchers)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ');
  const id = 'matchers';
  if (there.length === 0) {
    return {
      id,
      severity: 'wrong',
      sentence:
        'Prometheus answers, but has neither up nor kube_node_info, with matchers or without: nothing is scraped, or it is not the one that scrapes.',
      effect: 'There are no costs of this cluster at all.',
    };
  }
  const known = Object.keys(matchers).map(label => ({
    label,
    values: [...new Set(there.map(({ labels }) => labels[label] ?? ''))].filter(
      Boolean,
    ),
  }));
  const without = known.find(({ values }) => values.length === 0);
  if (without) {
    return {
      id,
      severity: 'wrong',
      sentence: `The matchers ${wanted} pick nothing: no series has a label ${without.label}.`,
      effect: 'There are no costs of this cluster at all.',
      mend: {
        where: `${where}. A Prometheus adds its external_labels only to what it sends on (Thanos, remote write), not to what it answers itself; one that has a single cluster needs no matchers`,
        line: '# remove matchers',
      },
    };
  }
  const [{ label, values }] = known
    .filter(each => !each.values.includes(matchers[each.label]))
    .concat(known);
  return {
    id,
    severity: 'wrong',
    sentence: `The matchers ${wanted} pick nothing; the values of ${label} are ${listText(
      values.sort(),
      8,
    )}.`,
    effect: 'There are no costs of this cluster at all.',
    mend: { where, line: `matchers: { ${label}: '${values[0]}' }` },
  };
}
