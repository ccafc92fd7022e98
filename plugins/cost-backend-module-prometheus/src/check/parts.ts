import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';

/** The series of each part of a `together`. */
export class Parts {
  readonly #parts = new Map<string, PrometheusSeries[]>();

  static read(series: PrometheusSeries[]): Parts {
    const parts = new Parts();
    for (const each of series) {
      const part = each.labels[PART_LABEL] ?? '';
      parts.#parts.set(part, [...(parts.#parts.get(part) ?? []), each]);
    }
    return parts;
  }

  private constructor() {}

  of(part: string): PrometheusSeries[] {
    return this.#parts.get(part) ?? [];
  }

  /** The value of a part that has one series; 0 without it. */
  number(part: string): number {
    return valueOf(this.of(part)[0]);
  }
}

/** The last value; 0 without any. */
export function valueOf(series: PrometheusSeries | undefined): number {
  return series?.samples.at(-1)?.[1] ?? 0;
}
