import { urlWithoutSecrets } from '@headroom/common';
import { z } from 'zod';

/** Sections of modules have keys of their own: what may name a secret is one. */
const SECRET_KEY =
  /auth|headers|token|secret|passw|credential|key$|caData|private/i;
/** What may hold a URL, by its key or as it is written. */
const URL_KEY = /ur[il]|server|host|proxy|endpoint|address/i;
const URL_TEXT = /\/\/|[?@]/;

/**
 * One sentence for a zod issue: path, value, what would be right. Values under
 * `auth` and `headers`, tokens, other secrets, and what may be one in a URL are
 * never quoted.
 *
 * @internal
 */
export function describeIssue(
  root: string,
  issue: z.core.$ZodIssue,
  input: unknown,
): string {
  const path = issue.path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`,
    root,
  );
  // For a bad record key, what is wrong with the key is one level down.
  const nested = issue.code === 'invalid_key' ? issue.issues : [];
  const message = nested[0]?.message ?? issue.message;
  const value = quote(issue.path, input);
  return `${path}${value && ` ${value}`}: ${message}`;
}

function quote(path: PropertyKey[], input: unknown): string {
  if (path.some(key => SECRET_KEY.test(String(key)))) {
    return '';
  }
  const value = path.reduce<unknown>(
    (current, key) =>
      current && typeof current === 'object'
        ? Reflect.get(current, key)
        : undefined,
    input,
  );
  if (typeof value === 'string') {
    const isUrl = URL_KEY.test(String(path.at(-1))) || URL_TEXT.test(value);
    return `'${isUrl ? urlWithoutSecrets(value) : value}'`;
  }
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
