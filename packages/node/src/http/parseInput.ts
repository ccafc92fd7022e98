import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Characters of a value that a message repeats. */
const MAX_SAID = 100;

/** Text that is given once; a repeated parameter arrives as a list. @public */
export const once = z.string({
  error: ({ input }) => `${isSaid(input)}; it must be given once`,
});

/** One of some words. @public */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, {
    error: ({ input }) =>
      `${isSaid(input)}; it must be one of ${values.join(', ')}`,
  });

/** A whole number of a URL, within bounds that are part of it; `name` is what it is called there. @public */
export const wholeNumber = (name: string, from: number, to: number) =>
  once
    .refine(
      value =>
        /^\d{1,10}$/.test(value) &&
        Number(value) >= from &&
        Number(value) <= to,
      {
        error: ({ input }) =>
          `${isSaid(input)}; ${name} is a whole number from ${from} to ${to}`,
      },
    )
    .transform(Number)
    .meta({ type: 'integer', minimum: from, maximum: to });

/** Text that PostgreSQL can store, of at most so many characters. @public */
export function textOf(
  most: number,
  wanted = `it must have 1 to ${most} characters`,
) {
  return z
    .string({ error: ({ input }) => `${isSaid(input)}; ${wanted}` })
    .trim()
    .min(1, { error: `is empty; ${wanted}` })
    .max(most, {
      error: ({ input }) => `has ${String(input).length} characters; ${wanted}`,
    })
    .refine(value => !value.includes('\0'), {
      error: ({ input }) => `${isSaid(input)}; it must have no NUL characters`,
    });
}

/**
 * What a request says, by a schema whose objects are strict and whose errors
 * begin with a verb.
 *
 * @throws InputError that names the field, its value and what is right.
 *
 * @public
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  // A name that is misspelt is known by its wrong name before it is missed.
  const [issue] = [...parsed.error.issues].sort(
    (a, b) =>
      Number(b.code === 'unrecognized_keys') -
      Number(a.code === 'unrecognized_keys'),
  );
  const known =
    schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') : '';
  if (issue.code === 'unrecognized_keys') {
    throw new InputError(
      `${said(issue.keys[0])} is not known here; ${
        known ? `known are ${known}` : 'there are no parameters'
      }`,
    );
  }
  throw new InputError(
    issue.path.length > 0
      ? `${issue.path.join('.')} ${issue.message}`
      : `The body ${isSaid(input)}; it must be a JSON object with ${known}`,
  );
}

/** Refuses every parameter, where there are none. @throws InputError that names it. @public */
export function refuseParameters(query: unknown): void {
  parseInput(z.strictObject({}), query);
}

/** A value as the verb of a message: `is missing`, `is "x"`. @public */
export function isSaid(value: unknown): string {
  if (value === undefined) {
    return 'is missing';
  }
  return value === '' ? 'is empty' : `is ${said(JSON.stringify(value))}`;
}

/** A value as a message repeats it. @public */
export function said(value: string): string {
  return value.length > MAX_SAID ? `${value.slice(0, MAX_SAID)}…` : value;
}
