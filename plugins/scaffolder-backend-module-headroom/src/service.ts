import { InputError } from '@backstage/errors';
import {
  checkServiceSpec,
  completeSpec,
  SERVICE_KINDS,
  ServiceContext,
  ServiceIssue,
  ServiceSpec,
  serviceSpecSchema,
  specOfParameters,
} from '@headroom/plugin-scaling-common';
import { z as z4 } from 'zod';
import { z } from 'zod/v3';

/** What an action is told of a service. */
export interface ServiceInput {
  parameters: Record<string, unknown>;
  fixed?: Record<string, unknown>;
}

export const serviceInput = {
  parameters: (zod: typeof z) =>
    zod.record(zod.unknown(), {
      description:
        'The service: fields of a ServiceSpec, or the values of a form that has them, its `decision` among them. What a service does not have is left out.',
    }),
  fixed: (zod: typeof z) =>
    zod
      .record(zod.unknown(), {
        description:
          'What the template says itself, such as the kind; `parameters` win.',
      })
      .optional(),
};

/**
 * The service that an action is told of, complete and checked.
 *
 * @throws InputError that names each field, its value and what would be right
 */
export function readService(
  { parameters, fixed }: ServiceInput,
  context: ServiceContext,
): { spec: ServiceSpec; warnings: ServiceIssue[] } {
  const partial = specOfParameters(parameters, fixed);
  const kind = SERVICE_KINDS.find(each => each === partial.kind);
  if (!kind) {
    throw new InputError(
      `kind is ${shown(partial.kind)}; it must be one of ${SERVICE_KINDS.join(
        ', ',
      )}.`,
    );
  }
  const read = serviceSpecSchema.safeParse(completeSpec({ ...partial, kind }), {
    reportInput: true,
  });
  if (!read.success) {
    throw new InputError(read.error.issues.map(sayIssue).join(' '));
  }
  const issues = checkServiceSpec(read.data, context);
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new InputError(
      errors.map(({ path, text }) => `${path}: ${text.message}`).join(' '),
    );
  }
  return { spec: read.data, warnings: issues };
}

type Issue = z4.core.$ZodIssue;

function sayIssue(issue: Issue): string {
  const field = issue.path.join('.') || 'The service';
  const is = `${field} is ${shown(issue.input)}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys
        .map(key => [...issue.path, key].join('.'))
        .join(', ')} is no field of a service.`;
    case 'invalid_value':
      return `${is}; it must be one of ${issue.values.join(', ')}.`;
    case 'too_small':
      return `${is}; it must ${
        issue.origin === 'string'
          ? `have at least ${issue.minimum} characters`
          : `be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
      }.`;
    case 'too_big':
      return `${is}; it must ${
        issue.origin === 'string'
          ? `have at most ${issue.maximum} characters`
          : `be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`
      }.`;
    case 'invalid_type':
      return `${is}; it must be ${
        /^[aeiou]/.test(issue.expected) ? 'an' : 'a'
      } ${issue.expected}.`;
    case 'invalid_format':
      return `${is}; it must match ${
        'pattern' in issue ? String(issue.pattern) : issue.format
      }.`;
    default:
      return `${is}: ${issue.message}.`;
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'not given' : JSON.stringify(value);
}
