import { createWorder } from '@headroom/common';

/**
 * What is wrong with a service that is to be created, why a choice is as it is, which
 * mistakes that avoids, and what would cost less.
 *
 * @public
 */
export const STAMPING_SENTENCES = {
  missing: '{{field}} is missing; it is {{right}}.',
  shape: '{{field}} is {{value}}; it is {{right}}.',
  rightLabel:
    'lower-case letters, digits and "-", at most {{longest}}, beginning with a letter',
  rightQuantity: 'a quantity such as 250m or 512Mi',
  rightOther: 'something else',
  rightOneOf: 'one of {{values}}',
  rightCount: 'a whole number from {{least}}',
  rightImage: 'an image with a tag that is not latest, or with a digest',
  rightMoney: 'an amount above 0 with at most two decimals, and its currency',
  rightCron: 'five fields of cron, such as 0 1 * * *',

  minAboveMax:
    'replicas.min is {{min}}, above replicas.max, which is {{max}}; lower the one or raise the other.',
  minIsMax:
    'replicas.min and replicas.max are both {{min}}, so nothing can scale; raise replicas.max, or let nothing scale it.',
  zeroCritical:
    'replicas.min is 0, and the service is critical: the first request after a rest would wait for a pod; set it to {{least}}.',
  zeroServing:
    'replicas.min is 0, and nothing that scales by {{signal}} wakes from zero; set it to 1 or more.',
  oneReplica:
    'replicas.min is 1: each update and each drain of a node takes all of it away; set it to 2.',
  limitBelow:
    '{{field}} is {{value}}, below the request of {{request}}; raise it, or lower the request.',
  gpuMemory:
    'gpu.memory is missing: a part of a device can’t be chosen without it; say how much memory the model takes, such as 12Gi.',
  gpuTooLarge:
    'gpu.memory is {{value}}, more than any slice of {{model}} has; take a whole device.',
  gpuNone: 'gpu is missing; a service of this kind needs one.',
  zone: 'timezone is {{value}}, and there is no such time zone; it is a name of the IANA database, such as Europe/Berlin.',
  cluster:
    'cluster is {{value}}, and there is no such cluster under headroom.clusters; there are {{known}}.',
  budgetBelow:
    'budget is {{budget}} a month, below the {{cost}} that {{min}} replicas cost; raise it, or take fewer or smaller replicas.',
  cronOnly: 'cron is {{value}}, and only a training begins by a clock.',
  gpuUncut:
    'gpu.model is {{model}}, which can’t be cut into slices; let replicas take turns on it, take a whole device, or name another model.',
  gpuOverDevice:
    'gpu.memory is {{value}}, and one {{board}} has {{whole}}; ask for that or less, or name another model.',
  gpuTurnsCritical:
    'gpu.sharing is time-slicing, and the service is critical: nothing keeps memory and faults of its neighbours away; take a slice or a whole device.',
  signal:
    'scaling.signal is {{signal}}, and a {{kind}} can’t follow that; it is one of {{right}}.',
  targetAbove:
    'scaling.target is {{target}} %, and there is no more than 100 % of a request; set 30 to 90.',
  runsAbove:
    'replicas.max is {{max}}, and a training runs once at a time; set it to 1.',
  cronNever:
    'cron is {{value}}, which never comes; correct its day or its month.',
  cronMissing:
    'cron is missing, so the training never begins; say it as 0 1 * * *.',
  longName:
    '{{field}} has {{length}} characters, and Kubernetes adds to it in the names of {{what}}; it has {{longest}} at most.',
  spotCritical:
    'spot is true, and the service is critical: the provider takes such nodes back within two minutes, many at a time.',
  storageMissing:
    'storage is missing; say how large the volume is, such as 20Gi.',

  kindRequests: 'It answers requests and keeps nothing between them.',
  kindGateway: 'It passes requests on, so it is in the way of many services.',
  kindModel: 'It answers requests with a model that takes time to load.',
  kindGpu: 'Its model needs a GPU, and requests wait for the device.',
  kindBatch: 'Nobody waits for its answer, so it can wait for capacity.',
  kindTraining: 'It runs to an end, and begins again from a checkpoint.',
  kindState:
    'Its replicas keep what others don’t have, so each has a volume and a name.',
  signalCpu:
    'Each request takes CPU, so the load is seen there; a target of {{target}} % leaves room until new replicas are ready.',
  signalRequests:
    'Requests a second are known before replicas are slow: {{target}} a replica.',
  signalGpuQueue:
    'What waits for the device says more than how busy it is: a GPU is 100 % busy with one request and with a hundred.',
  signalQueue:
    'The queue says how much work there is: one replica for {{target}} messages, none when it is empty.',
  signalMemory:
    'It keeps what it serves in memory, and with one replica more each keeps less.',
  signalNone: 'It is one pod that runs until it is done.',
  latencyGuard:
    'Replicas are added as well when one of twenty answers takes longer than {{latency}} ms.',
  latencyAlert:
    'An alert says when one of twenty answers takes longer than {{latency}} ms; replicas don’t follow it.',
  replicasServing:
    'Two replicas outlive the loss of a node; the most that it grows to bounds what it may cost.',
  replicasGateway:
    'Three replicas, one a zone, since a gateway that is down takes others with it.',
  replicasQueue: 'An empty queue costs nothing.',
  replicasState: 'Three replicas, so that one that leaves takes a third away.',
  replicasTraining: 'A run is one Job; none runs between two.',
  replicasCritical:
    'People can’t work without it, so {{min}} replicas, one a zone, are the fewest.',
  replicasQueueCritical:
    'People can’t work without it, so {{min}} replicas are there before the first message is.',
  replicasUnmeasured:
    'How many requests one replica answers is not known before it is measured, so {{requests}} a second don’t change the bounds.',
  replicasTraffic:
    'At {{requests}} requests a second and {{target}} a replica, {{needed}} are needed at the peak; a third more is the most.',
  requests:
    'Every container says what it needs, so that the scheduler, the quota and the autoscaler know; Headroom advises better numbers after a week.',
  gpuWhole: 'A whole device: nobody else’s work slows it, or sees its memory.',
  gpuUnknown:
    'How much memory the model takes is not known, so it gets a whole device; say it, and a share may do.',
  gpuNoSlice:
    'A whole device: {{model}} has no slice that holds {{memory}} and leaves room for another.',
  gpuMig:
    'A slice of its own with {{memory}}: memory and computing are kept apart from the neighbours’.',
  gpuTimeSlicing:
    'Replicas take turns on a device: cheap, and good enough where nobody else depends on it, as nothing keeps their memory apart.',
  spotYes:
    'It is interrupted and goes on where it was, so it may run on what costs a third.',
  spotNo: 'Somebody waits for its answers; it runs on capacity that stays.',
  vpaOff:
    'A VPA advises and changes nothing: the autoscaler and Headroom’s advice do.',
  scaleDownSlow:
    'It is scaled down after {{minutes}} minutes of less load, since a replica takes long to be back.',

  avoidsHpaAndVpa: 'an HPA and a VPA on the same resource (M2)',
  avoidsZeroCritical: 'zero replicas of what is critical',
  avoidsQuickDown:
    'scaling down within two minutes where a model has to be loaded',
  avoidsNoBudget: 'no PodDisruptionBudget, or one that stops every drain (M21)',
  avoidsNoRequests: 'no requests, so that a percentage means nothing (M8)',
  avoidsOneReplica: 'a minimum of one, or of as many as the maximum (M9)',
  avoidsGpuUtilization: 'scaling by the utilization of a GPU',
  avoidsFraction: 'half a nvidia.com/gpu, which no device plugin gives (M37)',
  avoidsNoIsolation: 'shared turns taken for isolation (M39)',
  avoidsQuickZero: 'zero with CPU alone, which never wakes (M18)',

  cheaperNight: 'It sleeps at night and on weekends: nobody can use it then.',
  cheaperSpot:
    'It runs on spot capacity: some of it is taken back at two minutes’ notice.',
  cheaperOne:
    'One replica at least: it is away for a moment at each update and each drain.',
  cheaperTimeSlicing:
    'Replicas take turns on a device: answers take longer when others compute, and memory isn’t kept apart.',
  cheaperMig: 'A slice instead of a whole device: it computes less at a time.',
  cheaperMax: 'At most {{max}} replicas: at the peak answers take longer.',
} as const;

/** Words what is said of a service that is to be created. @public */
export const sayStamping = createWorder('scalingStamping', STAMPING_SENTENCES);
