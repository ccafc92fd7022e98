/** Strings of the GPU pages, in English. */
export const gpuMessages = {
  title: 'GPU',
  loading: 'Loading GPU use',
  figure: {
    spend: 'GPU spend, {{window}}',
    busy: 'Busy',
    busyBase: '{{busy}} of {{held}} device-hours held were busy, by {{basis}}',
    busyPartly:
      '{{busy}} of {{known}} device-hours were busy; of {{rest}} more it is not known',
    busyUnknown: 'No device reported how busy it was',
    unused: 'Unused',
    unusedBase:
      '{{share}} of all GPU spend was held and not computing; {{hours}} of {{known}} device-hours computed nothing at all',
    reclaimable: 'Reclaimable',
    reclaimableBase:
      '{{share}} of the device-hours held were unused for long enough to be taken back',
    reclaimableUnit: '{{hours}} h',
    setAside: 'Readings set aside',
    setAsideBase:
      '{{share}} of {{all}} readings could not be true, so they are in no average',
    setAsideNone: 'every one of {{all}} readings counts',
    noReadings: 'no device reports',
    energy: 'Energy',
  },
  explain: {
    title: '{{figure}}: where it comes from',
    spend:
      'This is the GPU part of each node’s price, hour by hour, for the devices this page is of. A slice costs the larger of its shares of compute and memory; what no slice covers is stranded.',
    busy: 'This is the share of the time devices were held in which they computed, five minutes by five minutes. A shared device counts once, however many share it.',
    unused:
      'This is what was paid for held devices while they computed nothing. Where no reading counts, use is unknown and not called unused.',
    reclaimable:
      'This is what a rule that waits before it scales to zero could take back: of each unused run, what is left after the wait. Runs shorter than the wait give nothing back.',
    setAside:
      'Readings that cannot be true are left out of every average, and counted here by why.',
    energy:
      'This is the mean power of each board × the time it was read, hour by hour; what nobody read is not known and not guessed. A shared device is split as its time is, a board that is cut as its price is.',
    energyParts:
      '{{total}} = held {{held}} + idle {{idle}} + holder not known {{unknown}} + stranded {{stranded}}',
    energyHeld: '{{total}}, all of it while held',
    energyKnown: 'Power known',
    energyHours: '{{known}} of {{hours}} device-hours',
    energyMoney: '{{total}} × {{price}} per kWh = {{money}}',
    deviceHours: 'Device-hours',
    cost: 'Paid',
    used: 'Used',
    unusedMoney: 'Unused',
    unknown: 'Not known',
    idle: 'Idle',
    stranded: 'Stranded',
    held: 'Held',
    known: 'Of known usage',
    busyHours: 'Busy',
    unusedHours: 'Unused',
    reclaimableHours: 'Reclaimable',
    readings: 'Readings that count',
    money:
      '{{amount}} = used {{used}} + unused {{unused}} + not known {{unknown}} + idle {{idle}} + stranded {{stranded}}',
    moneyHeld:
      '{{amount}} = used {{used}} + unused {{unused}} + not known {{unknown}}',
  },
  basis: {
    'sm-active': 'SM active',
    'engine-active': 'graphics engine active',
    utilisation: 'utilisation',
  },
  basisTitle: 'Busy is measured by',
  basisItem: '{{basis}} ({{share}} of the hours)',
  basisHelp: {
    'sm-active':
      'SM active is the share of time in which its multiprocessors had work; it is the closest to what a GPU can do.',
    'engine-active':
      'Graphics engine active is the share of time in which its compute engine had any work.',
    utilisation:
      'Utilisation is the share of time in which some kernel ran; one thread is enough, so real usage may be less.',
  },
  fault: {
    impossible: 'out of range',
    latched: 'stuck at one value at the power of a board that computes nothing',
    unlabelled: 'no workload named on a held device',
    'profiling-silent': 'profiling counter at 0 while the device was busy',
    'too-few': 'too few in the hour',
  },
  faultCount: '{{readings}} {{fault}}',

  part: {
    busy: 'Busy',
    unused: 'Unused',
    unknown: 'Held, busy not known',
    idle: 'Idle',
  },
  days: {
    title: 'Held, busy and idle by day',
    titleHeld: 'Held and busy by day',
    zone: 'Amounts are device-hours; calendar days are in {{timezone}}',
    held: 'Held',
    busy: 'Busy',
    idle: 'Idle',
    memory: 'Memory held',
    busyShare: 'Busy share',
    table: 'GPU hours by day',
    summary:
      'Bar chart of GPU hours by day, {{window}}: {{held}} device-hours held, {{busy}} busy, {{idle}} idle. The button above shows it as a table.',
    summaryHeld:
      'Bar chart of GPU hours by day, {{window}}: {{held}} device-hours held, {{busy}} busy. The button above shows it as a table.',
  },

  heat: {
    title: 'By hour of the week',
    subtitle:
      'The grid shows the busy share of the device-hours held, all weeks together; hours are in {{timezone}}',
    label: 'Busy share by hour of the week',
    table: 'GPU use by hour of the week',
    help: 'Arrow keys move through the hours.',
    none: 'no data',
    nobody: 'idle: held by nobody',
    notHeld: 'not held by the workloads this page is of',
    unknown: 'held, busy not known',
    value: '{{share}} busy: {{busy}} of {{held}} device-hours held',
    cell: '{{when}}: {{value}}',
    when: '{{day}} {{from}}–{{to}}',
    legend: 'Busy share',
    day: 'Day',
    hour: 'Hour',
    held: 'Held',
    busy: 'Busy',
    share: 'Busy share',
  },

  devices: {
    title: 'Devices and slices',
    label: 'GPU devices',
    device: 'Device',
    model: 'Model',
    sharing: 'Sharing',
    tenants: 'Held by',
    held: 'Held',
    heldHint:
      'This is the share of the time the device was there in which somebody held it',
    busy: 'Busy',
    busyHint:
      'This is the share of the held hours in which it computed, where that is known',
    memory: 'Memory held',
    memoryHint: 'This is the most memory that was held, of what the device has',
    verdict: 'Verdict',
    unused: 'Unused cost',
    setAside: 'Set aside',
    setAsideHint: 'These readings could not be true and are in no average',
    heldOf: '{{held}} of {{all}}\u00a0h',
    memoryOf: '{{used}} of {{all}}',
    nobody: 'nobody',
    more_one: '{{count}} more',
    more_other: '{{count}} more',
    share: '{{share}} of a board',
    replicas: 'cut into {{replicas}}',
    instance: 'instance {{instance}}',
    node: 'Node',
    cluster: 'Cluster',
    pool: 'Node pool',
    profile: 'Profile',
    basis: 'Measured by',
  },
  energy: {
    title: 'Energy',
    label: 'Energy of GPUs',
    summary:
      'Devices took {{kwh}} kWh; power is known in {{share}} of {{hours}} device-hours',
    summaryPriced:
      'Devices took {{kwh}} kWh, {{money}} at {{price}} per kWh; power is known in {{share}} of {{hours}} device-hours. This is not part of GPU spend',
    unknown:
      'No device reported its power in this window. The metric that does is DCGM_FI_DEV_POWER_USAGE.',
    amount: '{{kwh}}\u00a0kWh',
    column: 'Energy',
    csv: 'Energy (kWh)',
    hint: 'This is mean power × time, where power is known',
    money: 'Energy cost',
    workload: 'Workload',
    service: 'Service',
    byService: 'By service',
    hours: 'Device-hours',
    known: 'Power known',
    knownHint: 'This is the share of the device-hours whose power was read',
    rest: {
      others: 'Others',
      idle: 'Idle',
      ownerUnknown: 'Holder not known',
      stranded: 'Stranded',
    },
  },
  sharing: {
    whole: 'Whole device',
    'time-slicing': 'Time-slicing',
    mps: 'MPS',
    mig: 'MIG',
    fraction: 'Fraction',
    dra: 'DRA share',
  },
  verdict: {
    idle: 'Idle',
    'unused-memory-free': 'Unused',
    'unused-memory-held': 'Unused, memory held',
    'busy-low': 'Little used',
    busy: 'Busy',
    unknown: 'Not known',
  },

  boards: {
    title: 'Stranded parts of boards',
    subtitle:
      'No slice covers these parts of boards that are cut into slices: they are paid for, and nobody can use them',
    label: 'Boards with stranded parts',
    board: 'Board',
    instances: 'Slices',
    instancesHint:
      'These are the profiles, and how many of each the board is cut into',
    stranded: 'Stranded',
    money: 'Stranded cost',
  },

  advice: {
    title: 'What to do',
    none: 'There is no advice: as far as readings tell, nothing here is unused or larger than it needs to be.',
    kind: {
      remove: 'Remove',
      shrink: 'Shrink',
      share: 'Share',
      move: 'Move',
      schedule: 'Schedule',
    },
    aMonth: 'saved per month',
    more_one: 'Show {{count}} more',
    more_other: 'Show {{count}} more',
    confidence: '{{share}} confidence',
    tradeOff: 'What it costs you',
    evidence: 'Evidence',
    withheld: 'Held back',
    proposal: 'Proposal',
    service: 'Service',
    shrink: '{{from}} → {{to}} devices',
    share: '{{how}} among {{clients}}',
    shareMig: 'MIG {{profile}}, {{clients}} per board',
    move: '{{from}} → {{to}}',
    moveOn: '{{from}} → {{to}} ({{instanceType}})',
    remove: 'give the devices back',
    schedule: 'run it in {{hours}} of the 168 hours of a week',
    scaleToZero: 'scale it to zero until somebody asks it something',
    makePolicy: 'Make it a policy with these hours',
    policyTitle: '{{name}} in its busy hours',
    strip: 'It is needed in {{hours}} of the 168 hours of a week, Monday first',
  },

  evidence: {
    days: 'Days seen',
    deviceHours: 'Device-hours held',
    knownHours: 'Device-hours of known usage',
    computingHours: 'Device-hours computing',
    observedHours: 'Hours observed',
    costMicros: 'Paid in the window',
    savedShare: 'Share saved',
    peakMemoryBytes: 'Most memory held',
    peakMemorySumBytes: 'Most memory held, all devices',
    deviceMemoryBytes: 'Memory of a device',
    peakBusyShare: 'Highest busy share',
    peakBusyDevices: 'Most devices busy at once',
    instanceShare: 'Share of a board',
    clients: 'Sharing a board',
    busyHoursOfWeek: 'Hours of the week it computes',
    fromTensorTflops: 'Tensor TFLOPS now',
    toTensorTflops: 'Tensor TFLOPS then',
    toHourlyMicros: 'Price per hour then',
  },

  state: {
    noGpusTitle: 'No GPUs here',
    noGpus:
      'No container held a GPU in {{window}} (days in {{timezone}}). Nothing has to be done; pick another window to look further back.',
    noReadingsTitle: 'GPUs are held, but no device reports',
    noReadings:
      'Which containers hold GPUs is known, but not how busy the devices are. NVIDIA’s {{exporter}} has to run on the GPU nodes, and the Prometheus under {{key}} has to scrape it. It must have this metric:',
    noReadingsCost:
      'They cost {{money}} for {{hours}} device-hours in {{window}}.',
  },
} as const;
