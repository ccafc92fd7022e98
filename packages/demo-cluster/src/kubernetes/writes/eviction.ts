import { isMap, valueAt } from '../fields/json';
import { Budget, budgetsOf } from '../objects/budgets';
import { ObjectContext } from '../objects/context';
import { ResourceRequest } from '../request';
import { badRequest, StatusError } from '../status';
import { workloadId } from '../../world/objectIds';
import { parseJson } from './bodies';
import { parseDeleteOptions } from './deletion';
import { ObjectWriter } from './ObjectWriter';
import { checkUid } from './preconditions';
import { WriteOptions } from './writeOptions';

/** A budget that forbids an eviction now, as the API server says it. */
function forbidden({ name, desired, healthy }: Budget): StatusError {
  return new StatusError(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${name} needs ${desired} healthy pods and has ${healthy} currently`,
        },
      ],
    },
  );
}

/** POST of `pods/eviction`: the pod goes where its budget allows it. */
export async function evict(
  writer: ObjectWriter,
  request: ResourceRequest,
  body: string,
  options: WriteOptions,
  contextNow: () => ObjectContext,
): Promise<unknown> {
  const eviction = parseJson(body);
  if (
    !isMap(eviction) ||
    eviction.kind !== 'Eviction' ||
    eviction.apiVersion !== 'policy/v1'
  ) {
    throw badRequest('the object provided is not a policy/v1, Kind=Eviction');
  }
  if (valueAt(eviction, ['metadata', 'name']) !== request.name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  const asked = parseDeleteOptions(eviction.deleteOptions);
  const { kind, live } = writer.live(request);
  const { namespace, name, uid } = live.metadata;
  const wanted = asked.preconditions ?? {};
  checkUid(
    request,
    live,
    wanted.uid ?? undefined,
    wanted.resourceVersion ?? undefined,
  );
  const context = contextNow();
  const life = context.state.pods.find(
    each => each.name === name && each.spec.namespace === namespace,
  );
  const budget =
    life &&
    budgetsOf(context).find(
      each => workloadId(each.spec) === workloadId(life.spec),
    );
  // Pods that are not ready may go as long as there are enough of the others.
  const counts =
    life &&
    (context.isReady(life) || (budget && budget.healthy < budget.desired));
  if (budget && counts && budget.allowed < 1) {
    throw forbidden(budget);
  }
  if (!options.dryRun && !asked.dryRun?.length) {
    const { cluster, now, store } = writer.options;
    await writer.intervene(request, {
      at: now().toISOString(),
      object: { cluster, kind, namespace, name, uid },
      patch: { deleted: true },
    });
    store.sync();
  }
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  };
}
