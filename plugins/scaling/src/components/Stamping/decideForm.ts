import {
  checkServiceSpec,
  decide,
  DecidedReason,
  DecidedSpec,
  DecisionAnswers,
  GpuSharing,
  KindOfWork,
  ServiceIssue,
  ServiceKind,
  ServiceSpec,
} from '@headroom/plugin-scaling-common';

/** What the reader wants otherwise than it was decided. */
export interface DecisionChanges {
  replicas?: ServiceSpec['replicas'];
  requests?: ServiceSpec['requests'];
  sharing?: GpuSharing;
  spot?: boolean;
}

/** What the form keeps: the pieces of a service, and what they came from. */
export type DecisionValue = DecidedSpec & {
  answers: DecisionAnswers;
  changes?: DecisionChanges;
};

/** What a template may say of the field. */
export interface DecisionOptions {
  /** The kind of its services; else the reader says what the work is. */
  kind?: ServiceKind;
}

/** The parts of a service that are decided here; the rest has fields of its own. */
const DECIDED = new Set([
  'replicas',
  'requests',
  'limits',
  'gpu',
  'storage',
  'scaling',
  'spot',
]);

/** What a service needs to be checked that isn't decided here; nothing of it is told. */
const REST = {
  name: 'new',
  namespace: 'new',
  cluster: 'new',
  owner: 'group:default/new',
  image: 'registry.example.com/new:1',
  port: 8080,
  timezone: 'UTC',
};

const FIRST_WORK: KindOfWork = 'requests';

/** Answers and changes that a form keeps, or those that it begins with. */
export function answersOf(
  value: Partial<DecisionValue> | undefined,
  kind: ServiceKind | undefined,
): { answers: DecisionAnswers; changes: DecisionChanges } {
  return {
    answers: {
      environment: 'production',
      criticality: 'standard',
      ...(kind ? {} : { work: FIRST_WORK }),
      ...value?.answers,
      ...(kind && { kind }),
    },
    changes: value?.changes ?? {},
  };
}

/** What follows from answers, as the reader changed it; with why, and what is wrong with it. */
export function decideForm(
  answers: DecisionAnswers,
  changes: DecisionChanges,
): {
  value: DecisionValue;
  reasons: readonly DecidedReason[];
  issues: readonly ServiceIssue[];
} {
  const { spec, reasons } = decide(answers);
  const { sharing, ...pieces } = changes;
  const changed: DecidedSpec = {
    ...spec,
    ...pieces,
    ...(spec.gpu && sharing && { gpu: { ...spec.gpu, sharing } }),
  };
  return {
    value: {
      ...changed,
      answers,
      ...(Object.keys(changes).length > 0 && { changes }),
    },
    reasons,
    issues: checkDecided(changed),
  };
}

/** What can't be of what is decided here. */
export function checkDecided(spec: DecidedSpec): ServiceIssue[] {
  return checkServiceSpec({ ...REST, ...spec }, { nowMs: 0 }).filter(
    ({ path }) => DECIDED.has(path.split('.')[0]),
  );
}
