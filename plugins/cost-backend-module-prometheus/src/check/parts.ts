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

/** `a`, `a and b`, `a, b and c`; `a, b, c and 4 more` of many. */
export function listText(names: string[], most = 5): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length < 2
    ? all.join('')
    : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
}

/** `1 node`, `2 nodes`. */
export function countText(count: number, noun: string): string {
  const digits = Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}
