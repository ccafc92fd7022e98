import { z } from 'zod';

/** As BigQuery has tags, which knows no maps. */
const pairs = z
  .array(z.object({ key: z.string(), value: z.unknown() }))
  .transform(all =>
    Object.fromEntries(all.map(({ key, value }) => [key, value])),
  );

const tags = z.union([z.record(z.string(), z.unknown()), pairs]);

/**
 * Tags of a row: a JSON object whose values are texts, numbers, truths or null
 * (FOCUS, key-value format), or a list of keys and values; a tag without a value
 * is `true` in FOCUS. Keeps those of `keys`, in their order. `undefined` when the
 * text is something else.
 */
export function readTags(
  text: string,
  keys: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const all = tags.safeParse(parse(text)).data;
  if (!all) {
    return undefined;
  }
  const kept: Record<string, string> = {};
  for (const key of keys) {
    const value = Object.hasOwn(all, key) ? all[key] : null;
    if (value !== null && value !== undefined && value !== '') {
      kept[key] = typeof value === 'string' ? value : JSON.stringify(value);
    }
  }
  return kept;
}

/** Tags of a row as FOCUS has them, a JSON object; the text itself where it is something else. */
export function tagsAsObject(text: string): string {
  const value = parse(text);
  return Array.isArray(value) && pairs.safeParse(value).success
    ? JSON.stringify(pairs.parse(value))
    : text;
}

/** The keys of all tags of a row; none when the text is something else. */
export function tagKeysOf(text: string): ReadonlySet<string> {
  return new Set(Object.keys(tags.safeParse(parse(text)).data ?? {}));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
