/** What is wrong with quotas, limit ranges and priorities. */
export const QUOTA_SENTENCES = {
  M26: '{{field}} is limited, and no LimitRange of the namespace gives containers a {{kind}} for {{resource}}; add one with {{instead}}.',
  M26why:
    'Under such a quota the API server refuses every pod that does not say it itself.',
  M27name: '{{field}} is no field of a LimitRange; write defaultRequest.',
  M27request:
    '{{field}} has no {{resource}}, so the request of a container becomes its default limit of {{value}}; set it.',
  M27max:
    '{{field}} is {{value}}, and the container {{container}} of {{target}} has {{key}} {{asked}}; raise it or lower the container.',
  M27min:
    '{{field}} is {{value}}, and the container {{container}} of {{target}} has {{key}} {{asked}}; lower it or raise the container.',
  M27vpa:
    '{{field}} is {{value}}, outside of the range of the LimitRange {{range}} ({{bound}} {{limit}}); set it within.',
  M27why:
    'The API server refuses pods outside of the range, and a default that was not meant is reserved and paid.',
  M28: '{{field}} is limited by that name, which quotas do not count; write requests.{{resource}}.',
  M28limits:
    '{{field}} is refused: of extended resources quotas count requests alone; write requests.{{resource}}.',
  M28why:
    'Extended resources are counted by requests only; other names are refused, or count nothing in silence.',
  M29spec:
    '{{field}} is no field of a PriorityClass; write its fields at the top.',
  M29value: 'value is missing; it is a whole number of at most 1000000000.',
  M29above: '{{field}} is {{value}}; it is at most 1000000000.',
  M29default:
    '{{field}} is true, as it is in {{names}}; leave it to one of them.',
  M29batch:
    '{{field}} is {{value}} for batch work, which puts others’ pods out; write Never.',
  M29why:
    'The API server refuses what it does not know; two defaults are resolved by the smaller value, and batch work that preempts stops what people wait for.',
} as const;
