import { scheduleText } from '../readSchedule';
import { ServiceSpec } from '../ServiceSpec';
import { alertsOf } from './alerts';
import { autoscalersOf } from './autoscaler';
import { dashboardOf } from './dashboard';
import { metadataOf } from './names';
import {
  checkpointClaimOf,
  disruptionBudgetOf,
  networkPolicyOf,
  podMonitorOf,
  recommenderOf,
  serviceAccountOf,
  servicesOf,
} from './supporting';
import { workloadOf } from './workload';
import { writeYaml } from './writeYaml';

/** A file of the manifests of a service. @public */
export interface RenderedFile {
  /** Below the folder of the manifests, such as `deployment.yaml`. */
  path: string;
  /** The objects in it, in order; empty for `kustomization.yaml`. */
  objects: readonly object[];
  text: string;
}

/** @public */
export interface RenderOptions {
  /** Labels that the Prometheus operator's `ruleSelector` wants of rules. */
  ruleLabels?: Readonly<Record<string, string>>;
}

/**
 * All manifests of a service, which plain kustomize builds as they are. The same spec
 * gives the same text. `checkServiceSpec` says beforehand what of a spec can't be.
 *
 * @public
 */
export function renderService(
  spec: ServiceSpec,
  { ruleLabels = {} }: RenderOptions = {},
): RenderedFile[] {
  const workload = annotated(workloadOf(spec), spec);
  const files: ReadonlyArray<readonly [string, readonly object[]]> = [
    ['serviceaccount.yaml', [serviceAccountOf(spec)]],
    [`${workload.kind.toLowerCase()}.yaml`, [workload]],
    ['service.yaml', servicesOf(spec)],
    ['checkpoints.yaml', checkpointClaimOf(spec)],
    ['autoscaler.yaml', autoscalersOf(spec)],
    ['verticalpodautoscaler.yaml', [recommenderOf(spec)]],
    [
      'poddisruptionbudget.yaml',
      spec.kind === 'training-job' ? [] : [disruptionBudgetOf(spec)],
    ],
    ['networkpolicy.yaml', [networkPolicyOf(spec)]],
    ['podmonitor.yaml', [podMonitorOf(spec)]],
    ['alerts.yaml', [alertsOf(spec, ruleLabels)]],
    ['dashboard.yaml', [dashboardOf(spec)]],
  ];
  const written = files
    .filter(([, objects]) => objects.length > 0)
    .map(([path, objects]) => ({ path, objects, text: writeYaml(objects) }));
  return [
    {
      path: 'kustomization.yaml',
      objects: [],
      text: writeYaml([
        {
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          resources: written.map(({ path }) => path),
        },
      ]),
    },
    ...written,
  ];
}

/** What Headroom reads of a workload: its owner's appetite for risk, and when it runs. */
function annotated<T extends { metadata: ReturnType<typeof metadataOf> }>(
  object: T,
  { criticality, schedule, timezone, budget }: ServiceSpec,
) {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        'headroom.io/appetite': criticality,
        ...(schedule !== undefined && {
          'headroom.io/schedule': scheduleText(schedule, timezone),
        }),
        ...(budget && {
          'headroom.io/budget': `${budget.amount} ${budget.currency} a month`,
        }),
      },
    },
  };
}
