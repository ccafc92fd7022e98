import { Worded } from '@headroom/common';
import { z } from 'zod';
import { ISSUE_SENTENCES, sayIssue } from '../../sentences/issueSentences';
import { PolicyIssue, PolicyIssueCode } from '../PolicyIssue';
import { IssuePath, issue, wordPath, wordWritten } from './issue';

type ShapeError = z.core.$ZodIssue;

const isOverrideEnd = (path: IssuePath) =>
  path[0] === 'overrides' && path[2] === 'until';

/** Of windows only those by cron have it there. */
const isDuration = (path: IssuePath) =>
  path[path.length - 1] === 'durationMinutes' && path.length === 5;

/** What zod found wrong, each at its field, in our words. @internal */
export function shapeIssues(input: unknown, error: z.ZodError): PolicyIssue[] {
  return error.issues.map(found => toIssue(input, found));
}

function toIssue(input: unknown, found: ShapeError): PolicyIssue {
  const path = found.path as IssuePath;
  const value = valueAt(input, path);
  const field = path.length > 0 ? wordPath(path) : sayIssue('theWhole');
  if (found.code === 'unrecognized_keys') {
    return issue(
      'error',
      'shape',
      [...path, found.keys[0]],
      valueAt(input, [...path, found.keys[0]]),
      sayIssue('unknownFields', { field, names: found.keys.join(', ') }),
    );
  }
  const right = rightOf(found, path, value);
  return issue(
    'error',
    codeOf(found, path, value),
    path,
    value,
    value === undefined
      ? sayIssue('missing', { field, right })
      : sayIssue('shape', { field, value: wordWritten(value), right }),
  );
}

/** The message of a rule is the name of what would be right. */
function rightOf(found: ShapeError, path: IssuePath, value: unknown): Worded {
  if (value === undefined && isOverrideEnd(path)) {
    return sayIssue('rightExpiry');
  }
  if (value === undefined && isDuration(path)) {
    return sayIssue('rightDuration');
  }
  if (found.code === 'invalid_value') {
    return oneOf(found.values.map(String));
  }
  if (found.code === 'invalid_union' && found.message !== 'times') {
    // The type of something is none of those there are.
    const options = 'options' in found ? found.options : undefined;
    return options ? oneOf(options.map(String)) : sayIssue('rightOther');
  }
  if (found.code === 'too_small' && found.message === 'least') {
    return sayIssue('rightLeast', { limit: Number(found.minimum) });
  }
  if (found.code === 'too_big' && found.message === 'most') {
    return sayIssue('rightMost', { limit: Number(found.maximum) });
  }
  const key = `right${capital(
    found.code === 'invalid_type' ? found.expected : found.message,
  )}`;
  return Object.hasOwn(ISSUE_SENTENCES, key)
    ? (sayIssue as (name: string) => Worded)(key)
    : sayIssue(found.code === 'invalid_type' ? 'rightWhole' : 'rightOther');
}

function oneOf(values: readonly string[]): Worded {
  return sayIssue('rightOneOf', { values: values.join(', ') });
}

function codeOf(
  found: ShapeError,
  path: IssuePath,
  value: unknown,
): PolicyIssueCode {
  if (value === undefined && isOverrideEnd(path)) {
    return 'override-without-expiry';
  }
  if (value === undefined && isDuration(path)) {
    return 'cron-without-duration';
  }
  return found.code === 'too_small' && typeof value === 'number' && value < 0
    ? 'negative'
    : 'shape';
}

function valueAt(input: unknown, path: IssuePath): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[segment]
        : undefined,
    input,
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase('en-US') + text.slice(1);
}
