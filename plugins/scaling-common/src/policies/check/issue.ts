import { Json, Worded, formatFieldPath } from '@headroom/common';
import { PolicyIssue, PolicyIssueCode } from '../PolicyIssue';

/** @internal */
export type IssuePath = ReadonlyArray<string | number>;

/** `schedules[0].windows[1].times.end`. @internal */
export function wordPath(path: IssuePath): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') {
        return `[${segment}]`;
      }
      const field = formatFieldPath([segment]);
      return index === 0 || field.startsWith('[') ? field : `.${field}`;
    })
    .join('');
}

/** A value as it was written, at most as long as a line. @internal */
export function wordWritten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** @internal */
export function issue(
  severity: PolicyIssue['severity'],
  code: PolicyIssueCode,
  path: IssuePath,
  value: unknown,
  text: Worded,
): PolicyIssue {
  return {
    path,
    severity,
    code,
    ...(value !== undefined && { value: value as Json }),
    text,
  };
}
