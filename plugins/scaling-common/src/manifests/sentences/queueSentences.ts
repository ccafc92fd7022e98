/** What is wrong with queues of Kueue, runners, Goldilocks and rules of Prometheus. */
export const QUEUE_SENTENCES = {
  M41cohort: '{{field}} is of an older version; write spec.cohortName.',
  M41resources: '{{field}} is of an older version; write spec.resourceGroups.',
  M41why: 'The API server of Kueue 0.16 and later does not know it.',
  M42: '{{field}} is missing, so no namespace is admitted; write an empty selector for all, or one that names them.',
  M42why: 'Jobs stay suspended for ever, and nothing says why.',
  M43flavor:
    '{{field}} has the resources {{has}}, and coveredResources are {{covered}}; write the same, in the same order.',
  M43borrow:
    '{{field}} is set, and the queue is in no cohort to borrow from; set spec.cohortName.',
  M43why: 'Kueue refuses a queue whose quotas do not say all that they cover.',
  M44queue:
    '{{field}} is {{value}}, and there is no such {{kind}}; correct it.',
  M44label:
    '{{target}} has no label kueue.x-k8s.io/queue-name, and its namespace has the queue {{queue}}; add it.',
  M44suspend:
    '{{field}} is not true; set suspend: true, so that it waits for its turn.',
  M44requests:
    '{{field}} has no requests for {{missing}}, so the queue counts nothing; set them.',
  M44why:
    'A queue admits by what jobs request and by the names that link them; what does not match waits for ever or runs past the quota.',
  M45: '{{kind}} is of the old runner controller; write a scale set of the chart gha-runner-scale-set.',
  M45why: 'GitHub maintains only scale sets.',
  M46name:
    '{{field}} is {{value}}, of {{length}} characters; it has at most 45.',
  M46pair: '{{field}} is {{value}}, below minRunners, which is {{min}}.',
  M46two: '{{name}} is one of {{count}} runner controllers; a cluster has one.',
  M46why: 'The chart refuses it, or two controllers work against one another.',
  M47name:
    '{{field}} has no container called runner; the one that runs jobs is called so.',
  M47command: '{{field}} has no command; write ["/home/runner/run.sh"].',
  M47both: '{{field}} is set beside a template of your own; keep one of them.',
  M47number: '{{field}} is {{value}} without quotes; write "{{value}}".',
  M47secret:
    '{{field}} holds a secret in plain text; create the Secret first and name it.',
  M47dind:
    '{{field}} is dind, whose container is privileged: whoever may change a workflow has the node; use the mode kubernetes, or keep the runners on nodes of their own.',
  M47why:
    'Runners don’t start, or start with more rights than anybody has seen.',
  M48: '{{field}} is {{value}}, and there is no such scale set; it is one of {{names}}.',
  M48why: 'A job that no runner is for waits until it is cancelled.',
  M49: '{{field}} is on a {{kind}}; Goldilocks reads it from the Namespace.',
  M49why: 'On anything else the label does nothing, so there is no advice.',
  M50for: '{{field}} is missing; say how long it must hold, such as 10m.',
  M50by:
    '{{field}} has {{clause}} where no aggregation is; write it behind sum, max and the like.',
  M50empty: '{{field}} is empty; write what is to hold.',
  M50brackets: '{{field}} has brackets that do not close; correct it.',
  M50unit:
    '{{field}} compares {{metric}}, which is in {{unit}}, with {{threshold}}; write the threshold in that unit.',
  M50why:
    'An alert that fires for a moment, or never, teaches people to look away.',
  M51none:
    '{{field}} are missing; the operator reads only rules with the labels of its ruleSelector, such as release.',
  M51other:
    '{{field}} has no {{label}}, which the operator’s ruleSelector asks for.',
  M51why: 'Rules without these labels are never loaded, and nothing says so.',
} as const;
