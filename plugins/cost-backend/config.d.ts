import { HumanDuration } from '@backstage/types';
import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  headroom?: {
    /**
     * Prices that win over those of sources and of the built-in list. Prices are
     * numbers or decimal strings in `headroom.currency`.
     */
    prices?: {
      /** @visibility backend */
      currency?: string;
      nodes?: Array<{
        /** @visibility backend */
        instanceType: string;
        /** @visibility backend */
        region?: string;
        /** @visibility backend */
        capacityType?: 'on-demand' | 'spot';
        /**
         * The node's operating system, its licence included in the price. Default: any.
         * @visibility backend
         */
        os?: 'linux' | 'windows';
        /**
         * Whether EKS Auto Mode runs the node, its fee included in the price. Default: either.
         * @visibility backend
         */
        autoMode?: boolean;
        /** @visibility backend */
        hourlyPrice: number | string;
        /** @visibility backend */
        validFrom?: string;
        /** @visibility backend */
        validTo?: string;
      }>;
      gpus?: Array<{
        /** @visibility backend */
        model: string;
        /** @visibility backend */
        hourlyPrice: number | string;
        /** @visibility backend */
        capacityType?: 'on-demand' | 'spot';
      }>;
      storageClasses?: Array<{
        /** @visibility backend */
        storageClass: string;
        /** @visibility backend */
        gibHourPrice: number | string;
        /** @visibility backend */
        region?: string;
      }>;
      /** Prices of pods that are billed instead of their node: Fargate, virtual nodes, Autopilot. */
      pods?: Array<{
        /**
         * `eks-fargate`, `azure-container-instances`, `gke-autopilot`,
         * `virtual-kubelet`, or a name given under `headroom.cost.nodeLabels`.
         * @visibility backend
         */
        platform: string;
        /** @visibility backend */
        region?: string;
        /** @visibility backend */
        capacityType?: 'on-demand' | 'spot';
        /** @visibility backend */
        cpuCoreHour: number | string;
        /** @visibility backend */
        memoryGibHour: number | string;
        /** @visibility backend */
        gpuDeviceHour?: number | string;
        /** @visibility backend */
        validFrom?: string;
        /** @visibility backend */
        validTo?: string;
      }>;
      /** Unit prices by capacity type (`on-demand`, `spot`). */
      unitPrices?: {
        [capacityType: string]: {
          [unitPrice: string]: number | string;
        };
      };
    };
    /** What a contract takes off list prices. */
    discounts?: Array<{
      /**
       * Part that is not paid, e.g. `0.12`.
       * @visibility backend
       */
      share: number | string;
      /** @visibility backend */
      capacityType?: 'on-demand' | 'spot';
    }>;
    cost?: {
      /** Labels of nodes that decide their price, read before those that are known. See the README. */
      nodeLabels?: {
        /** @visibility backend */
        instanceType?: string[];
        /** @visibility backend */
        region?: string[];
        /** @visibility backend */
        zone?: string[];
        /** @visibility backend */
        nodePool?: string[];
        /** Labels that mean spot. */
        spot?: Array<{
          /** @visibility backend */
          label: string;
          /**
           * Default: any.
           * @visibility backend
           */
          value?: string;
        }>;
        /** Labels that mean that not the node is billed but its pods. */
        billedByPods?: Array<{
          /** @visibility backend */
          label: string;
          /**
           * Default: any.
           * @visibility backend
           */
          value?: string;
          /**
           * Whose price: `platform` of `headroom.prices.pods`.
           * @visibility backend
           */
          platform: string;
        }>;
      };
      ingest?: {
        /**
         * How often to look for closed hours. Default: every minute.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * How long one turn may take: it begins no window after a minute, and ends with
         * the one it is at. Default: 10 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /**
         * Wait after start. Default: 15 seconds.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * How long after its end an hour counts as closed. Default: 5 minutes.
         * @visibility backend
         */
        settle?: HumanDuration | string;
        /**
         * Hours read again when a new one closes, to take in late data. Default: 6 hours.
         * @visibility backend
         */
        lateHorizon?: HumanDuration | string;
        /**
         * How far back to read. Default: 30 days.
         * @visibility backend
         */
        backfill?: HumanDuration | string;
        /**
         * Part of the time that catching up, back-filling and advice may take, above 0 up
         * to 1; the rest is left to requests and to the source. Default: 0.05.
         * @visibility backend
         */
        share?: number;
        /**
         * Clusters read at the same time. Default: 2.
         * @visibility backend
         */
        concurrency?: number;
      };
      energy?: {
        /**
         * Price of a kilowatt-hour in `headroom.currency`, with what cooling adds if it
         * should count. Absent = energy of GPUs is shown without money.
         * @visibility backend
         */
        kilowattHourPrice: number | string;
      };
      retention?: {
        /**
         * How long hours are kept (whole months are dropped). Daily totals stay. Default: 13 months.
         * @visibility backend
         */
        hours?: HumanDuration | string;
        /**
         * How long it is kept what single pods cost, which the API for OpenCost's clients reads (whole months are dropped). Default: 2 months.
         * @visibility backend
         */
        pods?: HumanDuration | string;
      };
      /** Cost that everybody pays for, when a report asks for `idle=shared`. */
      sharing?: {
        /**
         * Namespaces whose cost is shared, e.g. `kube-system`.
         * @visibility backend
         */
        namespaces?: string[];
        /**
         * In proportion to cost, or the same to each namespace. Default: weighted.
         * @visibility backend
         */
        split?: 'weighted' | 'even';
      };
      /** Rules that link workloads to services, tried after annotations. See docs/concepts/links.md. */
      links?: Array<{
        /** @visibility backend */
        cluster?: string;
        /** @visibility backend */
        namespace?: string;
        /** @visibility backend */
        workload?: string;
        /** Values may hold `*` for any text. */
        labels?: { [label: string]: string };
        /** @visibility backend */
        entityRef: string;
        /**
         * Counts before annotations and owner labels. Default: false.
         * @visibility backend
         */
        decides?: boolean;
        /**
         * Gives what it had to whoever claims it: for the rest that nobody has claimed yet. Default: false.
         * @visibility backend
         */
        yields?: boolean;
      }>;
      /**
       * Which claims of entities count. By default all do: then whoever may
       * register an entity may claim what nobody has. See docs/operations.md.
       */
      claims?: {
        /**
         * Kinds that count, the strongest first: the annotation kubernetes-id, the
         * annotation kubernetes-label-selector, owner labels of pods. Default: all, in this order.
         * @visibility backend
         */
        order?: Array<'annotation' | 'selector' | 'owner'>;
        /**
         * Where an entity must be registered (`backstage.io/managed-by-location`) for its
         * claims to count, e.g. `url:https://github.com/acme/*`. `*` stands for any text
         * but a slash, at the end for any text.
         * @visibility backend
         */
        trustedLocations?: string[];
        /** Namespaces of which only entities of these owners may claim workloads. `*` for any text. */
        namespaces?: Array<{
          /** @visibility backend */
          cluster?: string;
          /** @visibility backend */
          namespace: string;
          /**
           * Groups or users, e.g. `group:default/shop`.
           * @visibility backend
           */
          owners: string[];
        }>;
      };
      /**
       * Pod labels that may name a workload's service, by name (`web`) or in full
       * (`component.default.web`), the first being the strongest.
       * @visibility backend
       */
      ownerLabels?: string[];
      /** Who is told of budgets, anomalies and rules, and when. See docs/concepts/alerts.md. */
      alerts?: {
        /**
         * Rules by name: those that are built in (`daily-cost`, `gpu-efficiency`,
         * `utilisation`, `waste`, `hourly-spend`, `spot-share`), where something of them
         * is to be different, and others. What is left out is as it is built in for the
         * measure.
         */
        watch?: {
          [name: string]: {
            /**
             * What is looked at; has to be said for a name that isn't built in.
             * @visibility backend
             */
            measure?:
              | 'daily-cost'
              | 'utilisation'
              | 'gpu-efficiency'
              | 'waste'
              | 'hourly-spend'
              | 'spot-share';
            /**
             * Told when it is above: percent, or an amount of `headroom.currency` an hour.
             * @visibility backend
             */
            above?: number | string;
            /**
             * Told when it is below.
             * @visibility backend
             */
            below?: number | string;
            /**
             * For so many hours in a row, 1 to 72.
             * @visibility backend
             */
            heldHours?: number;
            /**
             * Of which kinds of subjects.
             * @visibility backend
             */
            subjects?: Array<'service' | 'team' | 'cluster'>;
            /**
             * Only these of them: entity references, names of clusters. Default: all.
             * @visibility backend
             */
            only?: string[];
            /**
             * What costs less a day is not looked at: an amount of `headroom.currency`.
             * @visibility backend
             */
            floor?: number | string;
            /** @visibility backend */
            severity?: 'critical' | 'high' | 'normal' | 'low';
            /**
             * Groups and users who are told. Default: who owns it.
             * @visibility backend
             */
            notify?: string[];
            /**
             * Default: true, but for `hourly-spend`.
             * @visibility backend
             */
            enabled?: boolean;
          };
        };
        /**
         * How often to look for what is to be told. Default: every minute.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Wait after start. Default: 45 seconds.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long a turn is given up. Default: 15 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /**
         * The group that is told what nobody owns, such as `group:default/platform`.
         * @visibility backend
         */
        platformTeam?: string;
        /**
         * Groups whose members may read all cost, as your permission policy says: they
         * are told amounts of everything. Others are told amounts of what their own group
         * owns.
         * @visibility backend
         */
        readers?: string[];
        /**
         * Whether who is in a group may read what groups below it own, as your sign-in
         * resolver puts those into `ownershipEntityRefs`, too, or your permission policy
         * says so: then they are told amounts of it. Default: false.
         * @visibility backend
         */
        membersReadBelow?: boolean;
        /**
         * IANA zone of the times below. Default: `headroom.timezone`.
         * @visibility backend
         */
        zone?: string;
        /** Times in which nobody is told; what happens then is told at their end, each kind as one. Default: none. */
        quietHours?: {
          /**
           * Such as `20:00`.
           * @visibility backend
           */
          from?: string;
          /**
           * Such as `07:00`; before `from` it is of the next day.
           * @visibility backend
           */
          to?: string;
          /**
           * Whether Saturdays and Sundays are quiet. Default: false.
           * @visibility backend
           */
          weekends?: boolean;
          /**
           * The least severity that is told all the same. Default: nothing is.
           * @visibility backend
           */
          letThrough?: 'critical' | 'high' | 'normal' | 'low';
        };
        /** What is told once a day, each kind as one. Default: everything is told when it happens. */
        digest?: {
          /**
           * Such as `09:00`; outside of the quiet hours.
           * @visibility backend
           */
          at: string;
          /**
           * Default: all kinds.
           * @visibility backend
           */
          kinds?: Array<'budget' | 'forecast' | 'anomaly' | 'review' | 'rule'>;
        };
      };
      /** What services and teams cost too much on complete days. */
      anomalies?: {
        /**
         * How often to look for them. Default: every 30 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Wait after start. Default: 1 minute.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long a turn is given up. Default: 30 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /**
         * What a day has to cost beyond what is expected of it, in `headroom.currency`.
         * Default: 10.
         * @visibility backend
         */
        floor?: number | string;
        /**
         * The same in percent of what is expected. Default: 25.
         * @visibility backend
         */
        percent?: number;
        /**
         * What a day of a service has to cost in its first two weeks, in which nothing is
         * expected of it. Default: 100.
         * @visibility backend
         */
        newFloor?: number | string;
      };
      /** Reviews of closed weeks. See docs/concepts/review.md. */
      reviews?: {
        /**
         * How often to look for weeks that have none yet. Default: every 15 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Groups and users that are told of a new review. Default: `alerts.platformTeam`;
         * without it nobody.
         * @visibility backend
         */
        notify?: string[];
        /**
         * Where an issue is opened, with `{title}` and `{body}`, such as
         * https://github.com/acme/finops/issues/new?title={title}&body={body}.
         * @visibility backend
         */
        newIssue?: string;
        /**
         * Wait after start. Default: 2 minutes.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long a turn is given up. Default: 10 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
      };
      /** What providers bill; where bills come from is said to their modules. */
      bill?: {
        /**
         * How often to look for deliveries. Default: every 5 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Wait after start. Default: 20 seconds.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long a reading is given up. Default: 6 hours.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /**
         * Keys of the tags whose value is a service, by its name or its entity reference:
         * it pays for charges that are no node of a cluster. Default: service, component,
         * application and app.
         * @visibility backend
         */
        serviceTags?: string[];
        /**
         * Keys of tags that charges keep beside those of `serviceTags` and `rules`, so that
         * budgets may be for them: they say nothing of whose a charge is. Each multiplies the
         * items of a bill by its values, and with another one every delivery is read anew.
         * Default: none.
         * @visibility backend
         */
        tags?: string[];
        /** Who pays for charges that are no node of a cluster, before tags. The first that fits counts; letter case does not. */
        rules?: Array<{
          /** @visibility backend */
          entityRef: string;
          /** @visibility backend */
          provider?: string;
          /** @visibility backend */
          billingAccount?: string;
          /** @visibility backend */
          subAccount?: string;
          /** @visibility backend */
          service?: string;
          /** @visibility backend */
          resourceId?: string;
          tag?: {
            /** @visibility backend */
            key: string;
            /** @visibility backend */
            value: string;
          };
        }>;
        /** Which entities may name resources of the cloud as their own by `headroom.io/cloud-resource`. Default: none. */
        annotations?: {
          /**
           * Where an entity must be registered (`backstage.io/managed-by-location`), as
           * under `headroom.cost.claims.trustedLocations`.
           * @visibility backend
           */
          trustedLocations: string[];
        };
        /**
         * Part of the time that reading a bill may take, above 0 up to 1. Default: 0.25.
         * @visibility backend
         */
        share?: number;
      };
      /** Budgets that are written here, and who else may declare some. See docs/concepts/budgets.md. */
      budgets?: {
        /**
         * How often all budgets are evaluated. Default: every 5 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Wait after start. Default: 30 seconds.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long an evaluation is given up. Default: 10 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /** Which entities may declare a budget by `headroom.io/budget`. Default: none. */
        annotations?: {
          /**
           * Where an entity must be registered (`backstage.io/managed-by-location`), as
           * under `headroom.cost.claims.trustedLocations`.
           * @visibility backend
           */
          trustedLocations: string[];
        };
        /** Budgets that nobody changes in the portal; they count before others for the same. */
        defined?: Array<{
          /**
           * Stays the same while the budget does: letters, digits and dashes.
           * @visibility backend
           */
          id: string;
          /** @visibility backend */
          title?: string;
          scope: {
            /** @visibility backend */
            type:
              | 'group'
              | 'service'
              | 'system'
              | 'domain'
              | 'cluster'
              | 'namespace'
              | 'label'
              | 'tag';
            /** @visibility backend */
            entityRef?: string;
            /** @visibility backend */
            cluster?: string;
            /** @visibility backend */
            namespace?: string;
            /** @visibility backend */
            label?: string;
            /** @visibility backend */
            tag?: string;
            /** @visibility backend */
            value?: string;
          };
          /** Default: calendar months. */
          period?: {
            /** @visibility backend */
            type: 'week' | 'month' | 'quarter' | 'year';
            /** @visibility backend */
            weekday?: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
            /** @visibility backend */
            month?: number;
            /** @visibility backend */
            day?: number;
            /** @visibility backend */
            zone?: string;
          };
          /** @visibility backend */
          amount: number | string;
          /**
           * Default: `headroom.currency`.
           * @visibility backend
           */
          currency?: string;
          /** Default: allocated, without idle. */
          cost?: {
            /** @visibility backend */
            basis: 'allocated' | 'billed' | 'effective';
            /** @visibility backend */
            idle?: 'separate' | 'shared';
            /** @visibility backend */
            tax?: boolean;
            /** @visibility backend */
            credits?: boolean;
          };
          /** @visibility backend */
          carryOver?: 'none' | 'unused' | 'both';
          /** Default: 80 and 100 percent spent, 100 percent forecast. */
          thresholds?: Array<{
            /** @visibility backend */
            on: 'spent' | 'forecast';
            /** @visibility backend */
            percent: number;
          }>;
          /**
           * Groups and users that are told. Default: the owner of what the budget is for.
           * @visibility backend
           */
          notify?: string[];
          /** @visibility backend */
          since?: string;
        }>;
      };
      entities?: {
        /**
         * How often to read the catalog. Default: every 5 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Wait after start. Default: 5 seconds.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long a reading is given up. Default: 5 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /**
         * Kinds that can cost something. Default: Component and Resource.
         * @visibility backend
         */
        kinds?: string[];
      };
      /** What clusters run and what steers it, read from their Kubernetes API. */
      inventory?: {
        /**
         * How often to read. Default: every 10 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * How long all clusters may take. Default: 5 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
        /**
         * Wait after start. Default: 10 seconds.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
      };
      /** Rightsizing advice. */
      advice?: {
        /**
         * Whole days that advice looks back on, at most 90. Default: 28 days.
         * @visibility backend
         */
        lookBack?: HumanDuration | string;
        /**
         * Days with enough samples below which advice is "not yet". Default: 14.
         * @visibility backend
         */
        minimumDays?: number;
        /**
         * Share of a day's samples that makes it count. Default: 0.9.
         * @visibility backend
         */
        minimumCoverage?: number;
        appetite?: {
          /**
           * How much risk to take where nothing says. Default: standard.
           * @visibility backend
           */
          default?: 'dev' | 'standard' | 'critical';
          /** By `spec.lifecycle` of the linked entity. Default: experimental is dev, production and deprecated are standard. */
          lifecycles?: { [lifecycle: string]: 'dev' | 'standard' | 'critical' };
          /** Tried before lifecycles, after the annotation `headroom.io/appetite`. Values may hold `*` for any text. */
          rules?: Array<{
            /** @visibility backend */
            cluster?: string;
            /** @visibility backend */
            namespace?: string;
            /** @visibility backend */
            workload?: string;
            labels?: { [label: string]: string };
            /** @visibility backend */
            appetite: 'dev' | 'standard' | 'critical';
          }>;
        };
        /**
         * CPU limits: none, or so many times the request. Default: none.
         * @visibility backend
         */
        cpuLimit?: 'none' | { timesRequest: number };
        /**
         * Whether pods of class Guaranteed stay so: their CPU limit is then the request,
         * whatever cpuLimit says. Default: true.
         * @visibility backend
         */
        keepGuaranteed?: boolean;
        /**
         * Memory limit over memory request, at least 1. Default: 1.
         * @visibility backend
         */
        memoryLimitRatio?: number;
        /** Requests are never advised below these. */
        floors?: {
          /**
           * Default: 10m.
           * @visibility backend
           */
          cpu?: string | number;
          /**
           * Default: 32Mi.
           * @visibility backend
           */
          memory?: string | number;
        };
        /** Changes that are smaller than both are not worth a restart. */
        noise?: {
          /**
           * Default: 5.
           * @visibility backend
           */
          percent?: number;
          /**
           * In `headroom.currency`. Default: 1.
           * @visibility backend
           */
          perMonth?: string | number;
        };
        /**
         * How old advice may get. It is computed sooner when a day of usage, or
         * what clusters run, has become known. Default: 1 hour.
         * @visibility backend
         */
        frequency?: HumanDuration | string;
        /** When to look whether advice is due. */
        schedule?: {
          /**
           * Default: every minute.
           * @visibility backend
           */
          frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
          /**
           * How long one turn may take: it begins no batch after a minute, and ends with
           * the one it is at. Default: 10 minutes.
           * @visibility backend
           */
          timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
          /**
           * Wait after start. Default: 30 seconds.
           * @visibility backend
           */
          initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        };
      };
      /** Where latencies, errors and throughput of services are in a Prometheus. */
      serviceLevels?: {
        /**
         * Whose names they have; what is written beside it wins.
         * @visibility backend
         */
        convention?: 'opentelemetry' | 'istio' | 'ingress-nginx';
        /**
         * PromQL for the cumulative buckets (`le`) of one hour.
         * @visibility backend
         */
        latency?: string;
        /**
         * Unit of `le` in `latency`. Default: seconds.
         * @visibility backend
         */
        latencyUnit?: 'seconds' | 'milliseconds';
        /**
         * PromQL for all requests of one hour. Default: as many as the buckets hold.
         * @visibility backend
         */
        requests?: string;
        /**
         * PromQL for requests that failed, 0 where none did.
         * @visibility backend
         */
        errors?: string;
      };
      /** What everything costs now against a baseline. */
      completion?: {
        /**
         * The month to compare with, such as 2026-05. Default: the first whole one that is known.
         * @visibility backend
         */
        baseline?: string;
        /**
         * How much longer the p95 latency may be, in percent. Default: 10.
         * @visibility backend
         */
        p95Percent?: number;
        /**
         * How much higher the error rate may be, in percentage points. Default: 0.1.
         * @visibility backend
         */
        errorPoints?: number;
        /**
         * How many fewer requests may be served, in percent, unless fewer were asked for. Default: 10.
         * @visibility backend
         */
        throughputPercent?: number;
        /**
         * Requests in a window below which nothing is judged. Default: 1000.
         * @visibility backend
         */
        minimumRequests?: number;
        /**
         * How often to look whether another day is closed. Default: every 15 minutes.
         * @visibility backend
         */
        frequency?: SchedulerServiceTaskScheduleDefinitionConfig['frequency'];
        /**
         * Wait after start. Default: 3 minutes.
         * @visibility backend
         */
        initialDelay?: SchedulerServiceTaskScheduleDefinitionConfig['initialDelay'];
        /**
         * After how long a turn is given up. Default: 10 minutes.
         * @visibility backend
         */
        timeout?: SchedulerServiceTaskScheduleDefinitionConfig['timeout'];
      };
      /** Business metrics to divide cost by. */
      unitMetrics?: Array<{
        /** @visibility backend */
        id: string;
        /** @visibility backend */
        title: string;
        /**
         * Units the price is for, e.g. 1000000 for "per million tokens". Default: 1.
         * @visibility backend
         */
        per?: number;
        /**
         * Units in a window below which no unit cost is shown. Default: 1.
         * @visibility backend
         */
        minimum?: number;
        /**
         * PromQL for the units of one hour.
         * @visibility backend
         */
        query?: string;
        /**
         * PromQL for units that failed.
         * @visibility backend
         */
        failedQuery?: string;
      }>;
    };
  };
}
