import { ObjectKind } from '../../world/interventions/Intervention';
import { isMap, Json, JsonMap, valueAt } from '../fields/json';
import { FieldProblem } from '../status';

const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Kinds whose names are labels of DNS, and how long they may be: a CronJob's Jobs have eleven characters more. */
const LABELS: Partial<Record<ObjectKind, number>> = {
  Namespace: 63,
  Service: 63,
  CronJob: 52,
};

function required(field: string): FieldProblem {
  return { field, reason: 'FieldValueRequired', message: 'Required value' };
}

function wrong(field: string, value: Json, why: string): FieldProblem {
  return {
    field,
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
  };
}

function nameProblems(kind: ObjectKind, name: string): FieldProblem[] {
  const longest = LABELS[kind] ?? 253;
  if (name.length > longest) {
    return [
      wrong(
        'metadata.name',
        name,
        `must be no more than ${longest} characters`,
      ),
    ];
  }
  // Roles may be called anything that fits a path.
  const isRole = kind === 'Role' || kind === 'RoleBinding';
  const form = kind === 'Namespace' || kind === 'Service' ? LABEL : SUBDOMAIN;
  return isRole || form.test(name)
    ? []
    : [
        wrong(
          'metadata.name',
          name,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        ),
      ];
}

function podProblems(object: Json, template: string[]): FieldProblem[] {
  const path = [...template, 'spec', 'containers'];
  const containers = valueAt(object, path);
  const field = path.join('.');
  if (!Array.isArray(containers) || containers.length === 0) {
    return [required(field)];
  }
  return containers.flatMap((container: Json, index) =>
    ['name', 'image']
      .filter(part => !valueAt(container, [part]))
      .map(part => required(`${field}[${index}].${part}`)),
  );
}

function replicatedProblems(object: Json): FieldProblem[] {
  const labels = valueAt(object, ['spec', 'selector', 'matchLabels']);
  const has = valueAt(object, ['spec', 'template', 'metadata', 'labels']);
  const problems = podProblems(object, ['spec', 'template']);
  if (!isMap(valueAt(object, ['spec', 'selector']))) {
    return [required('spec.selector'), ...problems];
  }
  const matches =
    !isMap(labels) ||
    Object.entries(labels).every(
      ([key, value]) => isMap(has) && has[key] === value,
    );
  return matches
    ? problems
    : [
        wrong(
          'spec.template.metadata.labels',
          has,
          '`selector` does not match template `labels`',
        ),
        ...problems,
      ];
}

function hpaProblems(object: Json): FieldProblem[] {
  const { minReplicas = 1, maxReplicas } = specOf(object);
  if (maxReplicas === undefined) {
    return [required('spec.maxReplicas')];
  }
  const problems = isMap(valueAt(object, ['spec', 'scaleTargetRef']))
    ? []
    : [required('spec.scaleTargetRef.name')];
  if (Number(maxReplicas) < 1) {
    problems.push(
      wrong('spec.maxReplicas', maxReplicas, 'must be greater than 0'),
    );
  }
  if (Number(minReplicas) < 1) {
    problems.push(
      wrong(
        'spec.minReplicas',
        minReplicas,
        'must be greater than or equal to 1',
      ),
    );
  }
  if (Number(maxReplicas) < Number(minReplicas)) {
    problems.push(
      wrong(
        'spec.maxReplicas',
        maxReplicas,
        'must be greater than or equal to `minReplicas`',
      ),
    );
  }
  return problems;
}

function specOf(object: Json): JsonMap {
  const spec = valueAt(object, ['spec']);
  return isMap(spec) ? spec : {};
}

/** What an API server refuses a new object for, as far as it is looked at here. */
export function checkNew(
  kind: ObjectKind,
  name: string,
  object: Json,
): FieldProblem[] {
  return [...nameProblems(kind, name), ...bodyProblems(kind, object)];
}

/** The same of an object that is there, and is written otherwise. */
export function bodyProblems(kind: ObjectKind, object: Json): FieldProblem[] {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
      return replicatedProblems(object);
    case 'CronJob':
      return [
        ...(specOf(object).schedule ? [] : [required('spec.schedule')]),
        ...podProblems(object, ['spec', 'jobTemplate', 'spec', 'template']),
      ];
    case 'HorizontalPodAutoscaler':
      return hpaProblems(object);
    case 'ScaledObject':
      return valueAt(object, ['spec', 'scaleTargetRef', 'name'])
        ? []
        : [required('spec.scaleTargetRef.name')];
    case 'PodDisruptionBudget': {
      const { minAvailable, maxUnavailable } = specOf(object);
      return minAvailable !== undefined && maxUnavailable !== undefined
        ? [
            wrong(
              'spec',
              specOf(object),
              'minAvailable and maxUnavailable cannot be both set',
            ),
          ]
        : [];
    }
    case 'Service': {
      const { ports, type, clusterIP } = specOf(object);
      const needs = type !== 'ExternalName' && clusterIP !== 'None';
      return needs && !(Array.isArray(ports) && ports.length > 0)
        ? [required('spec.ports')]
        : [];
    }
    case 'PersistentVolumeClaim':
      return valueAt(object, ['spec', 'resources', 'requests', 'storage'])
        ? []
        : [required('spec.resources[storage]')];
    case 'PriorityClass':
      return valueAt(object, ['value']) === undefined
        ? [required('value')]
        : [];
    default:
      return [];
  }
}
