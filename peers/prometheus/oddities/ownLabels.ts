import { Series } from './series';

/**
 * What a target with labels of its own says of objects, as Prometheus stores it
 * with honor_labels off: a label of the object that the target has as well is
 * renamed, even to the same value, and where the object has none the target's
 * stands alone. A label that is empty is none.
 */
export function withOwnLabels(
  own: Record<string, string>,
  all: Series[],
): Series[] {
  return all.map(({ labels, ...rest }) => {
    const result: Record<string, string> = { ...labels, ...own };
    for (const label of Object.keys(own)) {
      if (labels[label] !== undefined) {
        result[`exported_${label}`] = labels[label];
      }
    }
    return { ...rest, labels: result };
  });
}
