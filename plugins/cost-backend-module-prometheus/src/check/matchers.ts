import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';

/**
 * Matchers that pick nothing out of what is there.
 *
 * @param there - a series for each combination of values that the labels of the
 * matchers have anywhere
 */
export function checkMatchers(
  matchers: Record<string, string>,
  there: PrometheusSeries[],
  where: string | Worded,
): WordedFinding {
  const wanted = Object.entries(matchers)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ');
  const id = 'matchers';
  if (there.length === 0) {
    return {
      id,
      severity: 'wrong',
      sentence: word('nothingScraped'),
      effect: word('noCosts'),
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
      sentence: word('matchersWithoutLabel', {
        matchers: wanted,
        label: without.label,
      }),
      effect: word('noCosts'),
      mend: {
        where: word('matchersWithoutLabelWhere', { where }),
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
    sentence: word('matchersWithoutValue', {
      matchers: wanted,
      label,
      values: wordAll(values.sort(), 8),
    }),
    effect: word('noCosts'),
    mend: { where, line: `matchers: { ${label}: '${values[0]}' }` },
  };
}
