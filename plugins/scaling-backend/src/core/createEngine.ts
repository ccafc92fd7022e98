import { LoggerService } from '@backstage/backend-plugin-api';
import { PlannedAction, targetKey } from '@headroom/common';
import {
  ClusterCaches,
  KubernetesAccess,
} from '@headroom/plugin-clusters-node';
import {
  ActingEngine,
  Actuator,
  FactSource,
  InventoryFacts,
  TargetFacts,
} from '@headroom/plugin-controllers-node';
import {
  budgetAgainstZero,
  gitOpsMend,
  keeperOf,
  leastAvailableOf,
  readRestraints,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { KubernetesActuator } from '@headroom/plugin-scaling-node';
import { Knex } from 'knex';
import { PREFIX } from '../database/openDatabase';
import { ScalingConfig } from './config/ScalingConfig';
import { Fleet } from './fleet/Fleet';
import { FleetView } from './fleet/FleetView';
import { inventoryFacts } from './inventoryFacts';
import { Notices } from './Notices';
import { tellOwners } from './tellOwners';

/** @internal */
export interface CreateEngineOptions {
  knex: Knex;
  caches: ClusterCaches;
  config: ScalingConfig;
  fleet: Fleet;
  kubernetes: KubernetesAccess;
  logger: LoggerService;
  notices: Notices;
  /** Of other targets than Kubernetes objects. */
  actuators: readonly Actuator[];
}

/** The engine by which everything of this plugin changes clusters. */
export function createEngine({
  knex,
  caches,
  config,
  fleet,
  kubernetes,
  logger,
  notices,
  actuators,
}: CreateEngineOptions): ActingEngine {
  const engine: ActingEngine = ActingEngine.create({
    knex,
    prefix: PREFIX,
    logger,
    actuators: [
      KubernetesActuator.create({ access: kubernetes, caches }),
      ...actuators,
    ],
    facts: createFactSource({ caches, config, fleet }),
    limits: config.limits,
    leaseMs: config.leaseMs,
    onChange: async changes => {
      notices.changed();
      await tellOwners(changes, { engine, notices });
    },
  });
  return engine;
}

/** What guards ask, of the caches as they are. */
export function createFactSource({
  caches,
  config,
  fleet,
}: Pick<CreateEngineOptions, 'caches' | 'config' | 'fleet'>): FactSource {
  return async (actions, { moment }) => {
    const view = await (moment === 'applying' ? fleet.look() : fleet.recent());
    const inventories = new Map<string, InventoryFacts>();
    const targets = new Map<string, TargetFacts>();
    for (const { action } of actions) {
      const { target } = action;
      if (target.type === 'kubernetes') {
        const snapshot = caches.of(target.cluster)?.snapshot();
        if (snapshot && !inventories.has(target.cluster)) {
          inventories.set(target.cluster, inventoryFacts(snapshot));
        }
      }
      const known =
        target.type === 'kubernetes'
          ? view.cluster(target.cluster)?.byObject.get(target.uid)
          : undefined;
      targets.set(targetKey(target), {
        ...restraintsOf(known, action.entityRef, view),
        ...(known && targetFacts(known, action)),
      });
    }
    return { inventories, freezeWindows: config.freezeWindows, targets };
  };
}

/** What is written on the workload, on its service and on the system of that. */
function restraintsOf(
  known: ScalingTarget | undefined,
  actionRef: string | undefined,
  { links }: FleetView,
): TargetFacts {
  const entity = links.entities.get(known?.entityRef ?? actionRef ?? '');
  const system = links.entities.get(entity?.system ?? '');
  const all = [
    ...(known
      ? [
          readRestraints(known.workload.annotations, {
            on: 'workload',
            ...known.workload,
          }),
        ]
      : []),
    ...[entity, system].flatMap(each =>
      each
        ? [
            readRestraints(each.annotations, {
              on: 'entity',
              entityRef: each.entityRef,
            }),
          ]
        : [],
    ),
  ];
  const [most] = all
    .flatMap(({ minimumReplicas }) => minimumReplicas ?? [])
    .sort((a, b) => b.replicas - a.replicas);
  return {
    holds: all.flatMap(({ holds }) => holds),
    ...(most && { minimumReplicas: most }),
  };
}

function targetFacts(
  { budgets, workload, autoscaler }: ScalingTarget,
  action: PlannedAction,
): TargetFacts {
  const isWorkload =
    action.target.type === 'kubernetes' && action.target.uid === workload.uid;
  const object = isWorkload ? workload : autoscaler?.object;
  return {
    disruptionBudgets: budgets.map(budget => ({
      name: budget.name,
      leastAvailable: Math.max(
        leastAvailableOf([budget]),
        budgetAgainstZero([budget]) ? 1 : 0,
      ),
    })),
    // What is put back is as Git has it.
    fieldManagers: action.changes.flatMap(({ path }) => {
      const keeper =
        object && action.direction !== 'restore'
          ? keeperOf(object, path)
          : undefined;
      return keeper && object
        ? [
            {
              path,
              manager: keeper.manager,
              gitops: true,
              mend: gitOpsMend(keeper.gitOps ?? 'infrastructure', object, [
                path,
              ]),
            },
          ]
        : [];
    }),
  };
}
