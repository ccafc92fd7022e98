/** What is wrong with HorizontalPodAutoscalers. */
export const HPA_SENTENCES = {
  M6version:
    'apiVersion is {{value}}, which no API server from 1.26 on serves; write autoscaling/v2 with metrics[].resource.target.',
  M6field:
    '{{field}} is a field of autoscaling/v1, which autoscaling/v2 does not know; write spec.metrics[].resource.target.averageUtilization.',
  M6why: 'The API server refuses the object, so nothing scales.',
  M7: '{{field}} is {{value}}, and {{scaler}} sets it; leave it out (where the workload runs already, hand the field over first, or it drops to 1).',
  M7live:
    '{{field}} is owned by {{manager}}, and {{scaler}} sets it; leave it out of what {{manager}} applies, and hand the field over first.',
  M7why:
    'Whoever applies the manifest sets the replicas back to that number, and the autoscaler undoes it again.',
  M8: '{{field}} is a share of the request for {{resource}}, and the container {{container}} of {{target}} has none; set resources.requests.{{resource}}, or use ContainerResource.',
  M8why:
    'Without the request the autoscaler can’t compute a utilization and does nothing at all.',
  M9few:
    '{{field}} is {{value}}, so one pod that ends is an outage; set 2 or more.',
  M9equal:
    '{{field}} is {{value}}, and so is the minimum, so nothing scales; set a greater one, or take the autoscaler away.',
  M9above:
    '{{field}} is {{value}}, below the minimum of {{min}}; set a greater one.',
  M9why:
    'An autoscaler has to have room to scale in, and a drain must leave a pod running.',
  M10: '{{target}} is scaled by {{names}}, too; keep one of them.',
  M10why:
    'KEDA makes an HPA of its own; its webhook refuses a second one, and without the webhook both set the replicas.',
  K72: '{{field}} is {{target}}, and there is no such workload; correct the kind or the name.',
  K72why:
    'An autoscaler without a target does nothing, and says so only in its status.',
} as const;
