import { z } from 'zod';
import { FieldConflict, KubernetesFailure } from './KubernetesApiError';

/** Of what an API server names, so many are taken. */
const MOST_CAUSES = 20;
/** Names of fields and managers are text of others: only what can be one is taken. */
const FIELD = /^[\w.:,/[\]{}"'=@ -]{1,200}$/;
const MANAGER = /^conflicts? with "([^"\p{C}]{1,128})"/u;
/** Who of admission says so, under the status that a missing right has. */
const ADMISSION: ReadonlyArray<[RegExp, string]> = [
  [
    /admission webhook "([\w.-]{1,253})" denied the request/,
    'the admission webhook $1',
  ],
  [/ValidatingAdmissionPolicy '([\w.-]{1,253})'/, 'the admission policy $1'],
  [/ is forbidden: (?:exceeded|failed|insufficient) quota/, 'a ResourceQuota'],
  [/ is forbidden: violates PodSecurity/, 'its PodSecurity level'],
  [
    / (?:minimum|maximum) \S+ usage per | limit to request ratio /,
    'a LimitRange',
  ],
  [/ enough allocatable resources/, 'the size of the node'],
  // An authorizer says who it is that cannot; all the rest is admission.
  [/ is forbidden: (?!User ")/, 'admission'],
];

const causeSchema = z.object({
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  field: z.string().regex(FIELD).optional().catch(undefined),
});

/** The `metav1.Status` of an error; nothing else of the answer is looked at. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  details: z
    .object({
      name: z.string().optional().catch(undefined),
      retryAfterSeconds: z.number().nonnegative().optional().catch(undefined),
      causes: z.array(causeSchema).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What an API server says when it refuses. @internal */
export interface Refusal {
  failure: KubernetesFailure;
  conflicts: FieldConflict[];
  fields: string[];
  /** What of the cluster doesn't allow it, e.g. `a ResourceQuota`. */
  admission?: string;
  /** Milliseconds, by the body; a header may say it as well. */
  retryAfterMs?: number;
}

const BY_REASON: Record<string, KubernetesFailure> = {
  Unauthorized: 'Unauthorized',
  Forbidden: 'Forbidden',
  AlreadyExists: 'AlreadyExists',
  Conflict: 'Conflict',
  Gone: 'Expired',
  Expired: 'Expired',
  Invalid: 'Invalid',
  TooManyRequests: 'TooManyRequests',
};

const BY_STATUS: Record<number, KubernetesFailure> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotServed',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
};

/** Why an API server refused, by its status and the body of its answer. @internal */
export function refusalOf(status: number, body: unknown): Refusal {
  const parsed = statusSchema.safeParse(body).data;
  const { name, retryAfterSeconds, causes = [] } = parsed?.details ?? {};
  const some = causes.slice(0, MOST_CAUSES);
  const failure =
    BY_REASON[parsed?.reason ?? ''] ??
    BY_STATUS[status] ??
    (status >= 400 && status < 500 ? 'Rejected' : 'Failed');
  const fields = some.flatMap(({ field }) => field ?? []);
  // A policy says Invalid unless it is told otherwise.
  const admission =
    failure === 'Forbidden' || failure === 'Invalid'
      ? admissionOf(parsed?.message)
      : undefined;
  return {
    failure: refined(failure, {
      denied: admission !== undefined,
      named: parsed?.reason === 'NotFound' && name !== undefined,
      budget: some.some(({ reason }) => reason === 'DisruptionBudget'),
      another: fields.includes('metadata.uid'),
    }),
    conflicts: some.flatMap(({ reason, message = '', field }) => {
      const manager = MANAGER.exec(message)?.[1];
      return reason === 'FieldManagerConflict' && manager && field
        ? [{ manager, field }]
        : [];
    }),
    fields: failure === 'Invalid' ? fields : [],
    ...(admission && { admission }),
    ...(retryAfterSeconds && { retryAfterMs: retryAfterSeconds * 1000 }),
  };
}

/** Admission refuses with the status of a missing right, which nobody has to grant then. */
function admissionOf(message = ''): string | undefined {
  for (const [rule, name] of ADMISSION) {
    const match = rule.exec(message);
    if (match) {
      return name.replace('$1', match[1]);
    }
  }
  return undefined;
}

/** What the status alone doesn't tell. */
function refined(
  failure: KubernetesFailure,
  {
    denied,
    named,
    budget,
    another,
  }: Record<'denied' | 'named' | 'budget' | 'another', boolean>,
): KubernetesFailure {
  if (denied) {
    return 'Rejected';
  }
  if (failure === 'NotServed' && named) {
    return 'NotFound';
  }
  if (failure === 'TooManyRequests' && budget) {
    return 'DisruptionBudget';
  }
  // A uid that is not the object's is taken for an attempt to change it.
  return failure === 'Invalid' && another ? 'Conflict' : failure;
}
