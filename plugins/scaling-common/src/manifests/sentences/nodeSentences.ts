/** What is wrong with node pools and with how GPUs are shared. */
export const NODE_SENTENCES = {
  M30version:
    'apiVersion is {{value}}, which Karpenter 1 does not serve; write {{right}}.',
  M30policy:
    '{{field}} is {{value}}, which was renamed; write WhenEmptyOrUnderutilized.',
  M30moved: '{{field}} has moved; write it as {{right}}.',
  M30class: '{{field}} has no {{missing}}; it has group, kind and name.',
  M30why: 'The API server refuses fields and values of Karpenter’s betas.',
  M31pair: '{{field}} has {{has}} and no {{missing}}; a window needs both.',
  M31zone:
    '{{field}} is {{value}}; it has no zone of its own and is always in UTC.',
  M31nodes: '{{field}} is {{value}} without quotes; write "{{value}}".',
  M31why:
    'The API server refuses half a window, and one in local time is open at other hours than meant.',
  M32none:
    '{{field}} is missing; write one term with an alias, such as al2023@v20260801.',
  M32beside: '{{field}} has an alias beside other terms; keep the alias alone.',
  M32latest:
    '{{field}} is {{value}}, so every release of the image replaces nodes; pin it, such as al2023@v20260801.',
  M32old:
    '{{field}} is {{value}}, and Amazon Linux 2 gets no more releases; write al2023 with a version.',
  M32why: 'Which image nodes start from decides when they are all replaced.',
  M33: '{{field}} is {{value}} without quotes; write "{{value}}".',
  M33why:
    'Values of requirements are texts, and the API server refuses numbers.',
  M34: '{{field}} has no {{missing}}; set the most that the pool may grow to.',
  M34why:
    'A pool without limits grows with whatever is pending, and so does the bill.',
  M35: '{{field}} is {{value}}, no longer than {{longest}} of {{target}}; set it above the longest job, or leave it out.',
  M35why:
    'At its end pods are removed whatever their budget or karpenter.sh/do-not-disrupt says.',
  M36request:
    '{{field}} is {{value}}, and no node that Karpenter makes has {{resource}} for it; ask for one nvidia.com/gpu, or tell Karpenter the capacity by a NodeOverlay.',
  M36config:
    '{{field}} renames shared GPUs to nvidia.com/gpu.shared, which Karpenter does not know; set it to false, or tell Karpenter the capacity by a NodeOverlay.',
  M36why:
    'Karpenter counts physical GPUs, so such pods stay pending and no node comes.',
  M37: '{{field}} is {{value}}, and extended resources are whole; ask for 1 and share the device by MIG, time-slicing, MPS or DRA.',
  M37why: 'The API server refuses parts of a device.',
  M38differ:
    '{{field}} is {{value}}, and the limit is {{limit}}; for {{resource}} they are equal.',
  M38missing:
    '{{field}} is missing, and {{resource}} has a request; set it to {{value}}.',
  M38why:
    'A device can’t be overcommitted: the API server refuses a request that is not the limit.',
  M39replicas: '{{field}} is {{value}}; a device is shared by 2 or more.',
  M39fail:
    '{{field}} is not true, so a pod that asks for two gets no more than one; set it to true.',
  M39both: '{{field}} has timeSlicing and mps; a node has one of them.',
  M39devices:
    '{{field}} names single devices, which the device plugin does not look at; the mode is of the whole node: leave it out, and give other nodes another profile.',
  M39name:
    '{{field}} is {{value}}; it is nvidia.com/gpu or a MIG resource such as nvidia.com/mig-1g.5gb.',
  M39why:
    'Replicas of a time-sliced GPU take turns: they share its memory and its faults, and two of them are not twice as much.',
  M40level: '{{field}} stands at the wrong level; write {{right}}.',
  M40shape: '{{field}} is not a list; write {{right}}.',
  M40why:
    'The device plugin reads it from one place only, and shares nothing when it is elsewhere.',
} as const;
