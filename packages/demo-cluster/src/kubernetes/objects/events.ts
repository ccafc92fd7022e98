import { PodLife } from '../../world/lives';
import { mix } from '../../world/random';
import { KubeObject } from '../types';
import { ObjectContext } from './context';
import { podUid } from '../../world/objectIds';

/** How long events are kept: an API server's default. */
const EVENT_SECONDS = 3600;

function scheduled(context: ObjectContext, life: PodLife): KubeObject {
  const { namespace } = life.spec;
  const at = context.time(life.from);
  const name = `${life.name}.${life.hash.toString(16).padStart(16, '0')}`;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: context.meta('Event', namespace, name, { bornAt: life.from }),
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      name: life.name,
      uid: podUid(context.cluster, life),
    },
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${life.name} to ${life.node.name}`,
    source: { component: 'default-scheduler' },
    firstTimestamp: at,
    lastTimestamp: at,
    eventTime: null,
    count: 1,
    reportingComponent: 'default-scheduler',
    reportingInstance: '',
  };
}

/** What the kubelet says of a container that was killed twice or more in the last hour. */
function backOffs(context: ObjectContext, life: PodLife): KubeObject[] {
  const { seconds } = context.state;
  const { restarts } = context.cluster;
  const { namespace } = life.spec;
  return life.containers.flatMap((container, index) => {
    const from = seconds - EVENT_SECONDS;
    const count = restarts.between(life, index, from, seconds + 1);
    const { last } = restarts.until(life, index, seconds);
    if (count < 2 || last === undefined) {
      return [];
    }
    const id = mix(life.hash, 100 + index);
    const name = `${life.name}.${id.toString(16).padStart(16, '0')}`;
    return [
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: context.meta('Event', namespace, name, {
          bornAt: life.from,
        }),
        involvedObject: {
          apiVersion: 'v1',
          kind: 'Pod',
          namespace,
          name: life.name,
          uid: podUid(context.cluster, life),
          fieldPath: `spec.containers{${container.name}}`,
        },
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${container.name} in pod ${life.name}_${namespace}`,
        source: { component: 'kubelet', host: life.node.name },
        firstTimestamp: context.time(life.from),
        lastTimestamp: context.time(last),
        eventTime: null,
        count,
        reportingComponent: 'kubelet',
        reportingInstance: life.node.name,
      },
    ];
  });
}

/** One event for each pod that was bound in the last hour, and for each container that is killed again and again. */
export function events(context: ObjectContext): KubeObject[] {
  const { seconds, pods } = context.state;
  const bound = pods
    .filter(life => life.from <= seconds && life.from > seconds - EVENT_SECONDS)
    .map(life => scheduled(context, life));
  return [...bound, ...pods.flatMap(life => backOffs(context, life))];
}
