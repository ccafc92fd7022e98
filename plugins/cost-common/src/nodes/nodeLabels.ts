import { conflictBase, snakeCaseLabelKey } from '@headroom/common';
import { LabelMatch } from './nodeLabelRules';

/** Labels of one node, found by their Kubernetes keys however an exporter wrote them. */
export class NodeLabels {
  readonly #values: Map<string, string>;

  /** @param labels - by key, as Kubernetes or an exporter writes it, with or without `label_` before it */
  static of(labels: Record<string, string>): NodeLabels {
    const values = new Map<string, string>();
    const conflicts = new Map<string, Set<string>>();
    for (const [key, value] of Object.entries(labels)) {
      const name = snakeCaseLabelKey(key.replace(/^label_/, ''));
      values.set(name, value);
      const base = conflictBase(name);
      if (base !== undefined) {
        conflicts.set(base, (conflicts.get(base) ?? new Set()).add(value));
      }
    }
    // Keys that became one name say something together only when they agree.
    for (const [base, [first, ...others]] of conflicts) {
      if (others.length === 0 && !values.has(base)) {
        values.set(base, first);
      }
    }
    return new NodeLabels(values);
  }

  private constructor(values: Map<string, string>) {
    this.#values = values;
  }

  get(key: string): string | undefined {
    return this.#values.get(snakeCaseLabelKey(key));
  }

  /** The first that is there and not empty. */
  first(keys: readonly string[]): string | undefined {
    return keys.map(key => this.get(key)).find(Boolean);
  }

  matches({ label, value }: LabelMatch): boolean {
    const found = this.get(label);
    return (
      found !== undefined &&
      (value === undefined || lower(found) === lower(value))
    );
  }
}

function lower(text: string): string {
  return text.toLocaleLowerCase('en-US');
}
