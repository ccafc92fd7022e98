import { InputError } from '@backstage/errors';
import { urlWithoutSecrets } from '@headroom/common';
import { z } from 'zod';
import { isSaid } from '../http/parseInput';

/** What a value of a type is called. */
const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/**
 * What the configuration has at a key, by a schema whose own messages either say
 * what must be (`must be above 0`) or what is wrong, beginning with a verb.
 *
 * @param at - the key, e.g. `headroom.cost.links`; nothing below it is secret
 * @throws InputError that names the key, its value and what would be right.
 * @public
 */
export function parseSection<T>(
  at: string,
  schema: z.ZodType<T>,
  value: unknown,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new InputError(
    `${pathText(at, issue.path)} ${sentenceOf(
      issue,
      valueAt(value, issue.path),
    )}`,
  );
}

function sentenceOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    return `has the key ${issue.keys[0]}, which nothing reads; remove it or correct its name`;
  }
  if (issue.code === 'invalid_key') {
    return `has a key that ${issue.issues[0]?.message ?? 'is not known'}`;
  }
  // The schema's own words; those of zod begin with a capital.
  const isOwn = /^[a-z]/.test(issue.message);
  const isComposite = typeof value === 'object' && value !== null;
  const isWhole =
    issue.message === 'must not be empty' ||
    !/^(must|cannot) /.test(issue.message) ||
    isComposite;
  if (isOwn && isWhole) {
    return issue.message;
  }
  return `${saidOf(value)}; it ${
    isOwn ? issue.message : `must be ${wantedBy(issue)}`
  }`;
}

/** What is there: of lists and objects that they are, and of URLs no secret. */
function saidOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'is a list';
  }
  if (typeof value === 'object' && value !== null) {
    return 'is an object';
  }
  return isSaid(
    typeof value === 'string' && /\/\/|[?@]/.test(value)
      ? urlWithoutSecrets(value)
      : value,
  );
}

function wantedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`;
    default:
      return 'of another form';
  }
}

/** `headroom.cost.links[2].entityRef`. */
function pathText(at: string, path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`,
    at,
  );
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? Reflect.get(at, key)
        : undefined,
    value,
  );
}
