/** What is wrong with pods and with what runs them. */
export const POD_SENTENCES = {
  K10: '{{field}} has no request for {{missing}}; set it to what the container uses.',
  K10why:
    'A container without requests is placed anywhere, is the first to be evicted, and is not in any cost.',
  K11: '{{field}} has no limit for memory; set it, at least to the request.',
  K11why:
    'A leak takes the memory of the whole node, and others are killed for it.',
  K12: '{{field}} has no {{missing}} for ephemeral-storage; set it to what it writes.',
  K12why:
    'Logs and temporary files fill the disk of the node, and its pods are evicted.',
  K13: '{{field}} is {{value}}, which names no version; write a tag that is not latest, or a digest.',
  K13why:
    'What runs after a restart may be another program than before, and nobody can go back.',
  K14: '{{field}} is {{value}}; write Always.',
  K14why:
    'Otherwise a node runs whatever image it has by that name, without asking who may pull it.',
  K23: '{{field}} has no {{missing}}; add what says that the container can serve.',
  K23why:
    'Without a readiness probe requests reach pods that are not up; without a liveness probe a hung one stays.',
  K24: '{{field}} is the same as readinessProbe; let it ask for less, or more patiently.',
  K24why:
    'A slow moment then restarts the pods instead of sparing them, all at once under load.',
  K36: '{{field}} is {{value}}, which is set before already; keep one of them.',
  K36why: 'The last of them holds, which is by the order of lines.',
  K40: '{{field}} is {{value}}, and the container has no such port; add it to ports or correct it.',
  K40why:
    'By a name that no port has a probe never succeeds; a number that is not declared tells nobody what is asked.',

  K25: '{{target}} has no topologySpreadConstraints; spread its pods over zones.',
  K25why: 'All pods may be in one zone, and go with it.',
  K26: '{{target}} has no podAntiAffinity by host; prefer nodes that run none of its pods.',
  K26why: 'All pods may be on one node, and go with it.',
  K27: '{{field}} is missing; name the PriorityClass of its importance.',
  K27why:
    'When nodes are full, who goes first is decided by priority, and without one all are the same.',
  K41: '{{field}} is {{value}}; write RollingUpdate.',
  K41why: 'All pods stop before the first new one has started.',
  K42: '{{field}} is {{value}} and nothing scales it; run 2 or more.',
  K42why: 'One pod that ends is an outage.',
  K43: '{{field}} is missing; say after how many seconds it may be removed.',
  K43why: 'Jobs that are done stay, and with them their pods and logs.',
  K44: '{{field}} is missing; say how many seconds late a run may start.',
  K44why:
    'After a hundred missed runs a CronJob without a deadline never starts again.',
  K45: '{{field}} is {{value}}; write Never or OnFailure.',
  K45why: 'The API server refuses the Job for any other.',
  K46: '{{field}} does not match the labels of the template; write the same labels.',
  K46why: 'The API server refuses it, as it would never find its own pods.',
  K47: '{{field}} is {{value}}, and there is no headless Service of that name; add one with clusterIP: None.',
  K47why:
    'Pods of a StatefulSet have names of their own only by such a Service.',
  K48: '{{field}} is {{value}}, which is no label; it has at most 63 letters, digits, "-", "_" and ".", and begins and ends with a letter or digit.',
  K48why: 'The API server refuses the object.',
  K49: '{{field}} is {{value}}, and the object is called {{name}}; write {{name}}, or leave it out.',
  K49why: 'Tools that group by the label show it under the wrong instance.',
} as const;
