/** What an account of the demo pays for beside its nodes, by the day. */
export interface SideService {
  service: string;
  category: string;
  /** Last part of the resource's name. */
  resource: string;
  /** Micros of a USD a day. */
  dailyMicros: bigint;
  /** Value of the tag `application`; absent = nobody tagged it. */
  application?: string;
}

/** The same in every region: databases and buckets are tagged, what came with the network is not. */
export const SIDE_SERVICES: readonly SideService[] = [
  {
    service: 'Amazon Relational Database Service',
    category: 'Databases',
    resource: 'db/job-queue',
    dailyMicros: 14_400_000n,
    application: 'job-queue',
  },
  {
    service: 'Amazon Relational Database Service',
    category: 'Databases',
    resource: 'db/akidb-rest',
    dailyMicros: 31_680_000n,
    application: 'akidb-rest',
  },
  {
    service: 'Amazon Simple Storage Service',
    category: 'Storage',
    resource: 'bucket/model-weights',
    dailyMicros: 6_214_500n,
    application: 'model-training-job',
  },
  {
    service: 'Elastic Load Balancing',
    category: 'Networking',
    resource: 'loadbalancer/ingress',
    dailyMicros: 3_380_125n,
  },
  {
    service: 'Amazon Virtual Private Cloud',
    category: 'Networking',
    resource: 'natgateway/nat',
    dailyMicros: 7_926_333n,
  },
  {
    service: 'AmazonCloudWatch',
    category: 'Management and Governance',
    resource: 'log-group/cluster',
    dailyMicros: 2_104_777n,
  },
];
