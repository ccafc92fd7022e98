import { setImmediate } from 'node:timers/promises';

/**
 * PostgreSQL's text form of an array of integers. Far cheaper than letting the
 * driver convert element by element.
 *
 * @public
 */
export function integerArray(values: Array<bigint | number | null>): string {
  return `{${values.map(value => value ?? 'NULL').join(',')}}`;
}

/** PostgreSQL's text form of an array of strings. @public */
export function textArray(values: Array<string | null>): string {
  return `{${values
    .map(value =>
      value === null ? 'NULL' : `"${value.replace(/[\\"]/g, '\\$&')}"`,
    )
    .join(',')}}`;
}

/** PostgreSQL's text form of an array of bytes. @public */
export function bytesArray(values: readonly Uint8Array[]): string {
  return `{${values
    .map(
      ({ buffer, byteOffset, byteLength }) =>
        `"\\\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}"`,
    )
    .join(',')}}`;
}

/** The one place where `bigint` and `numeric` columns, which arrive as strings, become numbers again. @public */
export function toBigint(value: unknown): bigint {
  return BigInt((value as string | number | null) ?? 0);
}

/** As {@link toBigint}, for quantities and counts that fit a double. @public */
export function toNumber(value: unknown): number {
  return Number(value ?? 0);
}

/** ISO 8601 UTC of a timestamp column. @public */
export function toIso(value: unknown): string | undefined {
  return value ? new Date(value as Date | string).toISOString() : undefined;
}

/** Rows written at a time; one slice takes a few milliseconds of the event loop. @public */
export const SLICE = 1000;

/** Slices of a list, letting other work of the process run between them. @public */
export async function* slices<T>(
  items: readonly T[],
  size: number = SLICE,
): AsyncGenerator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) {
      await setImmediate();
    }
    yield items.slice(start, start + size);
  }
}
