/** Strings of what providers bill. */
export const billMessages = {
  title: 'The cloud bill',
  subtitle:
    '{{month}}, charged for {{days}}. The invoice comes to {{invoice}}; list prices to {{list}}.',
  corrections: '{{amount}} of it mends earlier months.',
  restated:
    'The provider restated this month after it was over, as was read last on {{at}}: it comes to {{amount}} since. What each service pays follows it.',
  othersRestated: 'The provider has restated another month:',
  less: '{{amount}} less',
  more: '{{amount}} more',
  simulated: 'This bill is made up by the demo.',
  problem:
    '{{name}} of {{source}} can’t be read, and counts as it was before: {{problem}}',
  notSplit:
    'A bill was imported, and who pays for its nodes is being worked out: until then new charges of nodes are not allocated.',
  export: 'Bill (FOCUS)',
  exportHint:
    'The rows of this month’s bill as FOCUS CSV: charges of nodes are replaced by what each service, idle capacity and the rest has of them, and sum to them to the last digit',
  exportFailed:
    'The bill could not be exported. The back end can’t be reached; try again.',
  exportRefused: 'The bill could not be exported: {{reason}}',
  month: 'Month',
  basis: 'Amounts',
  bases: {
    effective: 'Effective',
    billed: 'Invoiced',
  },
  groupBy: 'Group the bill by',
  dimension: {
    service: 'Service of the provider',
    category: 'Category',
    account: 'Account',
    region: 'Region',
  },
  total: {
    effective: 'Billed',
    billed: 'Invoiced',
  },
  totalBase: {
    effective: 'with what was paid in advance where it was used',
    billed: 'as the invoice sums it',
  },
  allocated: 'Allocated',
  allocatedBase:
    '{{machines}} are nodes of clusters, {{direct}} is services’ own',
  idle: 'Idle nodes',
  idleBase: 'part of what is allocated: of no service',
  notAllocated: 'Billed and not allocated',
  notAllocatedBase: 'no node of a cluster, and no rule or tag says whose',
  by: 'The bill by {{dimension}}',
  none: 'not said',
  list: 'At list prices',
  amount: 'Amount',
  charges: 'Charges',
  others_one: '{{count}} smaller row comes to {{amount}} together.',
  others_other: '{{count}} smaller rows come to {{amount}} together.',
  nodes: 'Nodes: estimated and billed',
  cluster: 'Cluster',
  capacityType: 'Capacity',
  estimated: 'Estimated',
  estimatedHint:
    'At the prices that costs are allocated with, over the days that are billed',
  billed: 'Billed',
  difference: 'Difference',
  payers: 'Who pays',
  payersCsv: 'CSV',
  payersCsvHint: 'All services that match, not only those on this page',
  payersCsvFailed:
    'Who pays could not be exported. The back end can’t be reached; try again.',
  payersCsvRefused: 'Who pays could not be exported: {{reason}}',
  payer: 'Service',
  nodesOf: 'Its part of nodes',
  direct: 'Its own',
  paid: 'Together',
  own: {
    figure: 'Billed {{days}}',
    against: '{{days}}: {{change}} against {{base}}',
    nothingBefore:
      'nothing to compare with: no day is billed as a whole, or the month before was not for the same days',
    monthBefore: 'Billed {{month}}',
    wholeMonth: 'the whole month before',
    byDay: 'Billed by day',
    zone: 'Days of a bill are UTC. What is hatched may not be billed as a whole yet.',
    partial: 'may not be billed as a whole yet',
    partialDay: '{{day}} (may not be whole yet)',
    summary: 'What was billed by day, {{days}}: {{amount}} in all.',
    day: 'Day',
    charges: 'Which charges it is',
    chargesHint:
      'Charges of this month’s bill that are its own: by a rule, by a tag, or by the resource that it names. Its part of nodes is not among them.',
    resource: 'Resource of the provider',
    byMonth: 'Billed by month',
    byMonthHint: 'By the billing period that a charge is invoiced in.',
    noBill: 'No bill was read yet',
    noBillNext:
      'What providers bill comes from an export of theirs or from AWS’s Cost Explorer, under headroom.aws.bills. Ask who runs this portal to set one up.',
    noCharges: 'No charge of any bill is its own',
    named:
      'It names {{resources}}, and no bill has a charge of that, another entity names it too, or it is not registered where {{key}} says.',
    notNamed:
      'Nothing says which charges are of this entity. Any of these three does.',
    byAnnotation:
      'Name the resources as the bill has them, separated by commas, with the annotation {{annotation}}:',
    byTag: 'Or tag them in the cloud with the name, by a key of {{key}}:',
    byRule:
      'Or have who runs this portal add a rule on account, service or tag to {{key}}.',
  },
} as const;
