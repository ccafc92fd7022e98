import { PodLife } from '../../world/lives';
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

/** One event for each pod that was bound in the last hour. */
export function events(context: ObjectContext): KubeObject[] {
  const { seconds, pods } = context.state;
  return pods
    .filter(life => life.from <= seconds && life.from > seconds - EVENT_SECONDS)
    .map(life => scheduled(context, life));
}
