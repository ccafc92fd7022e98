import { FieldPath, formatFieldPath } from '@headroom/common';
import { sayPlan } from '../../sentences/planSentences';
import {
  FieldOwner,
  GitOpsTool,
  ScalingObject,
} from '../../targets/ScalingObject';
import { Withheld } from './SchedulePlan';

/**
 * On an object: the fields that may be written although a GitOps tool is noted as
 * their manager, as it is told to leave them, e.g. `spec.replicas, spec.minReplicas`; a
 * field stands for all that is within it.
 * Whether Argo CD is told so can't be seen on the object.
 *
 * @public
 */
export const MAY_WRITE_ANNOTATION = 'headroom.io/may-write';

const FLUX_SSA = 'kustomize.toolkit.fluxcd.io/ssa';

/** The GitOps tool that keeps a field; `undefined` = none, or it is told to leave it. @public */
export function keeperOf(
  object: Pick<ScalingObject, 'annotations' | 'fieldOwners'>,
  path: FieldPath,
): FieldOwner | undefined {
  const key = formatFieldPath(path);
  const mayWrite = (object.annotations[MAY_WRITE_ANNOTATION] ?? '')
    .split(',')
    .map(field => field.trim());
  if (mayWrite.some(field => key === field || key.startsWith(`${field}.`))) {
    return undefined;
  }
  const leaves = /^(ifnotpresent|ignore)$/i.test(
    object.annotations[FLUX_SSA] ?? '',
  );
  return object.fieldOwners.find(
    owner =>
      owner.gitOps !== undefined &&
      !(owner.gitOps === 'flux' && leaves) &&
      formatFieldPath(owner.path) === key,
  );
}

/** Says which tool keeps a field, and what would change that. @internal */
export function keptInGit(
  object: ScalingObject,
  path: FieldPath,
  { manager, gitOps, source }: FieldOwner,
): Withheld {
  const params = {
    field: formatFieldPath(path),
    object: `${object.kind} ${object.name}`,
    manager: source ? `${manager} (${source})` : manager,
  };
  const told = gitOps === 'argocd' || gitOps === 'flux';
  return {
    code: 'gitops',
    manager,
    text: sayPlan(told ? 'gitOps' : 'gitOpsLeaveOut', params),
    mend: gitOpsMend(gitOps ?? 'infrastructure', object, [path]),
  };
}

/**
 * What is to be written, in Git, so that a tool leaves fields to Headroom: for Argo
 * CD a part of its Application's `spec` and an annotation of the object, for the
 * others an annotation of the object.
 *
 * @public
 */
export function gitOpsMend(
  tool: GitOpsTool,
  { group, kind, name, namespace }: ScalingObject,
  paths: readonly FieldPath[],
): string {
  const annotate = (annotation: string) => [
    `# In ${kind} ${name}:`,
    'metadata:',
    '  annotations:',
    `    ${annotation}`,
  ];
  if (tool === 'flux') {
    return annotate(`${FLUX_SSA}: IfNotPresent`).join('\n');
  }
  const mayWrite = annotate(
    `${MAY_WRITE_ANNOTATION}: '${paths.map(formatFieldPath).join(', ')}'`,
  );
  return tool === 'argocd'
    ? [
        '# In the Application:',
        'spec:',
        '  ignoreDifferences:',
        `    - group: ${group || "''"}`,
        `      kind: ${kind}`,
        `      name: ${name}`,
        `      namespace: ${namespace}`,
        '      jsonPointers:',
        ...paths.map(path => `        - ${toPointer(path)}`),
        '  syncPolicy:',
        '    syncOptions:',
        '      - RespectIgnoreDifferences=true',
        '---',
        ...mayWrite,
      ].join('\n')
    : mayWrite.join('\n');
}

/** RFC 6901. */
function toPointer(path: FieldPath): string {
  return path
    .map(segment => `/${segment.replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}
