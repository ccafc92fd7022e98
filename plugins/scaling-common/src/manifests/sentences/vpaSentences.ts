/** What is wrong with VerticalPodAutoscalers. */
export const VPA_SENTENCES = {
  M1boolean:
    '{{field}} is Off without quotes, which YAML 1.1 reads as false; write "Off".',
  M1auto:
    '{{field}} is Auto, which is deprecated and means Recreate; write "Recreate", or "InPlaceOrRecreate" where pods may be resized in place.',
  M1unknown:
    '{{field}} is {{value}}, and there is no such mode; write "Off" for advice, else "InPlaceOrRecreate".',
  M1why:
    'The API server refuses modes that it does not know, and Auto is to go away.',
  M2: 'The VPA sets {{resources}} of {{target}}, which {{scaler}} scales on, too; leave {{resources}} out of {{field}}, or scale on another metric.',
  M2why:
    'Each answers what the other did: requests change, so utilization does, so replicas do.',
  M3two: '{{target}} has more than one VPA ({{names}}); keep one of them.',
  M3goldilocks:
    'The namespace {{namespace}} has the label of Goldilocks, which makes another VPA for {{target}}; keep this one or the label.',
  M3why:
    'Two VPAs recommend for the same pods, and which one sets their requests is by chance.',
  M4bounds:
    '{{field}} has no {{missing}} for the container {{container}}, so a recommendation has no bounds; set minAllowed and maxAllowed.',
  M4sidecars:
    '{{field}} sizes the containers {{containers}} by one policy, sidecars too; give each a policy of its own, sidecars with mode "Off".',
  M4why:
    'A recommendation without a maximum outgrows every node, and one without a minimum starves a start.',
  M5version:
    '{{field}} is InPlaceOrRecreate, and Kubernetes {{version}} resizes no pods in place; it needs 1.33, so write "Recreate".',
  M5qos:
    '{{field}} is InPlaceOrRecreate, and setting only {{what}} takes {{target}} out of its QoS class Guaranteed, so pods are recreated; control CPU and memory with RequestsAndLimits.',
  M5why:
    'What can’t be resized in place is evicted and starts again, which is what was to be avoided.',
} as const;
