import { parseArgs } from 'node:util';

/**
 * Reads `--name value` options with whole-number defaults; refuses what it
 * does not know, so that a typo never benches something else.
 */
export function numericOptions<T extends Record<string, number>>(
  defaults: T,
): T {
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.keys(defaults).map(name => [name, { type: 'string' as const }]),
    ),
  });
  const result: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(values)) {
    const number = Number(value);
    if (!Number.isInteger(number) || number <= 0) {
      throw new Error(
        `--${name} is "${value}"; it takes a whole number above 0`,
      );
    }
    result[name] = number;
  }
  return result as T;
}
