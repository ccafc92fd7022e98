/** Words of the fields of forms that create services. */
export const stampingMessages = {
  stamping: {
    decision: {
      label: 'What it has to do',
      work: 'What kind of work is it?',
      works: {
        requests: 'It answers people or other services',
        gateway: 'It forwards requests to services',
        model: 'It answers with a model',
        queue: 'It works off a queue',
        training: 'It trains a model, by the clock',
        state: 'It keeps values in memory for others',
      },
      requestsPerSecond: 'Requests a second, at most',
      requestsPerSecondHint: 'Of all replicas; empty = not known yet',
      latency: 'Longest answer (ms, 95 %)',
      latencyHint: 'Replicas are added beyond it',
      gpuMemory: 'GPU memory a replica',
      gpuMemoryHint: 'E.g. 8Gi; a share of a GPU is taken by it',
      gpuModel: 'GPU model',
      gpuModelHint: 'E.g. NVIDIA-A10G; empty = any',
      criticality: 'When it is down',
      criticalities: {
        dev: 'nobody minds',
        standard: 'people notice',
        critical: 'people can’t work, or money is lost',
      },
      environment: 'Environment',
      environments: {
        development: 'Development',
        staging: 'Staging',
        production: 'Production',
      },
      interruptible: 'It may be interrupted and goes on later',
      reasons: 'What follows, and why',
      avoids: 'Avoids: {{what}}',
      adjust: 'Size',
      minReplicas: 'Fewest replicas',
      maxReplicas: 'Most replicas',
      cpu: 'CPU a replica',
      cpuHint: 'E.g. 250m = a quarter of a core',
      memory: 'Memory a replica',
      memoryHint: 'E.g. 512Mi',
      sharing: 'GPU',
      sharings: {
        whole: 'a whole device',
        'time-slicing': 'takes turns with others',
        mig: 'a slice of its own',
      },
      spot: 'Runs on spot capacity, which the provider may take back',
      reset: 'As decided',
      yes: 'yes',
      no: 'no',
      fields: {
        kind: 'Kind',
        scaling: 'Scales by',
        replicas: 'Replicas',
        requests: 'Requests',
        gpu: 'GPU',
        spot: 'Spot',
        vpa: 'VPA',
      },
      signals: {
        cpu: 'CPU',
        memory: 'memory',
        requestsPerSecond: 'requests a second',
        queueDepth: 'what waits',
        none: 'nothing',
      },
    },
    cluster: {
      label: 'Cluster',
      none: 'None',
      choose: 'Choose a cluster',
      loading: 'The clusters are being read …',
      failed:
        'The clusters can’t be read now. Name one as headroom.clusters does.',
      unknown:
        'There is no cluster “{{name}}”. Name one of {{names}}, or add it under headroom.clusters.',
      unread:
        'Whether there is a cluster “{{name}}” can’t be checked now: {{problem}}',
    },
    timezone: {
      label: 'Time zone',
      hint: 'An IANA name, e.g. Europe/Berlin',
      unknown:
        'There is no time zone “{{name}}”. Give an IANA name such as Europe/Berlin or UTC.',
    },
    schedule: {
      label: 'Schedule',
      hint: 'When it has to run, e.g. Mon-Fri 07:00-19:00; outside=zero. Empty = always.',
      hours:
        'It runs {{hours}} of the 168 hours of a week, in the zone {{zone}} unless the schedule names another.',
      wrong: 'The schedule can’t be used: {{problem}}',
    },
    budget: {
      label: 'Budget a month',
      hint: 'Empty = none',
      currency: 'Currency',
      wrongAmount:
        'The budget is “{{amount}}”; it must be an amount such as 500 or 500.50.',
      wrongCurrency:
        'The currency is “{{currency}}”; it must be an ISO 4217 code such as USD.',
      tooSmall:
        'The budget is {{budget}} a month, and {{replicas}} replicas, the fewest, cost {{cost}}. Raise the budget to that, or ask for less.',
      unread: 'Whether the budget is enough can’t be checked now: {{problem}}',
    },
    cost: {
      label: 'What it will cost',
      figure: '{{amount}} a month',
      range: '{{min}} to {{max}} a month',
      atLeast: 'At least {{amount}} a month',
      atLeastRange: 'At least {{min}} to {{max}} a month',
      asking: 'The cost is being estimated …',
      missing: 'The cost can be estimated when these are said: {{fields}}.',
      unreadable: 'The cost can’t be estimated: {{problem}}',
      failed: 'The cost can’t be estimated now: {{problem}}',
      notAllowed:
        'You need the permission cost.read to see what it will cost. It can be created all the same.',
      retry: 'Try again',
      simulated: 'The cluster is a simulation; nothing is really paid.',
      replicas: 'From {{min}} to {{max}} replicas in {{cluster}}.',
      sameReplicas_one: 'With {{count}} replica in {{cluster}}.',
      sameReplicas_other: 'With {{count}} replicas in {{cluster}}.',
      withIdle:
        'With its share of the capacity that nobody holds it would be {{min}} to {{max}}.',
      budget:
        'The budget of {{budget}} lasts for {{replicas}} replicas all month.',
      budgetHolds: 'The budget of {{budget}} lasts for the most replicas.',
      unknown: 'Not known',
      table: 'What it is made of',
      resource: 'Resource',
      oneReplica: 'One replica',
      fewest: 'Fewest replicas',
      most: 'Most replicas',
      total: 'Together',
      resources: {
        cpu: 'CPU',
        memory: 'Memory',
        gpu: 'GPU',
        storage: 'Storage',
      },
      prices: 'Prices, and where they come from',
      price: '{{resource}}: {{price}} {{currency}} a {{unit}}.',
      gpuShare: 'One replica holds {{share}} of a GPU.',
      similar: 'Similar services',
      similarNone:
        'There are no similar services that you may see, so there is nothing to compare with.',
      similarFigure_one: '{{count}} similar service costs {{median}} a month.',
      similarFigure_other:
        '{{count}} similar services cost {{lowest}} to {{highest}} a month; half of them at most {{median}}.',
      aMonth: '{{amount}} a month',
      choices: 'Cheaper choices',
      team: {
        title: 'Budget of the team',
        noGroup:
          'Budgets are for groups, and {{owner}} is none, so there is no budget to show.',
        unknown: 'What is left of the budget is not known: {{why}}',
        none: 'Neither {{owner}} nor a group above it has a budget.',
        make: 'Budgets are made here.',
        of: 'a budget of',
        held: 'The budget has room for it, also with the most replicas.',
        over: 'With it the budget would be overspent by {{over}} or more by the end of the period.',
        overAtMost:
          'With the most replicas the budget would be overspent by {{over}} by the end of the period.',
        overAlready:
          'The budget will be overspent by {{over}} by the end of the period, also without it.',
        undecided: 'What is known leaves room for it.',
        notPriced: 'Not all of it has a price, so it may take more.',
        atMost:
          'Not all that counts for the budget is known, so less of it may be left.',
        noForecast:
          'There is no forecast yet, so what others will still spend is not taken off.',
        table: 'The budget without it and with it',
        budget: 'Budget',
        rows: {
          limit: 'Limit',
          spent: 'Spent so far',
          forecast: 'Forecast by the end',
          left: 'Left without it',
          takes: 'It takes by the end',
          leftWith: 'Left with it',
        },
        formula:
          'It takes the part of its month for the days of the period that are left, today among them: with the most replicas {{monthly}} × {{days}} days × 24 h / {{hours}} h = {{takes}}.',
        leftOfForecast:
          'What is left is the limit less the forecast by the end of the period.',
        leftOfSpent:
          'What is left is the limit less what is spent, as there is no forecast.',
      },
      choicesNone: 'No cheaper choice is known that does the same.',
      choice: 'Choice',
      saves: 'Saves at most replicas',
      fields: {
        cluster: 'the cluster',
        replicas: 'the number of replicas',
        requests: 'CPU and memory of a replica',
      },
    },
  },
} as const;
