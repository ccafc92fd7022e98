import { GIB, MIB, WorkloadSpec } from '../types';
import { appLabels, byKubernetesId } from './labels';

function webFrontend(mean: number): WorkloadSpec {
  return {
    name: 'web-frontend',
    namespace: 'storefront',
    kind: 'Deployment',
    pool: 'general',
    labels: byKubernetesId('web-frontend'),
    schedule: { type: 'elastic', mean, min: 2, max: 3 * mean },
    releaseDays: 4,
    newImages: true,
    entityRef: 'component:default/web-frontend',
    serves: [
      { metric: 'requests', perHour: 88_000 * mean, failedShare: 0.001 },
    ],
    network: { internetBytes: 1.2 * GIB * mean, crossZoneBytes: 1.2 * GIB },
    service: true,
    host: 'shop.example.com',
    containers: [
      {
        name: 'web',
        image: 'registry.example.com/shop/web-frontend:2026.4.1',
        cpuRequestCores: 1,
        memoryRequestBytes: 1 * GIB,
        memoryLimitBytes: 1.5 * GIB,
        port: 3000,
        usage: {
          cpuCores: 0.48,
          cpuFollows: 0.9,
          memoryBytes: 560 * MIB,
          memoryFollows: 0.15,
        },
      },
    ],
  };
}

function recommendationApi(mean: number): WorkloadSpec {
  return {
    name: 'recommendation-api',
    namespace: 'storefront',
    kind: 'Deployment',
    pool: 'general',
    labels: appLabels('recommendation-api'),
    schedule: { type: 'elastic', mean, min: 2, max: 6 * mean },
    // A release showed recommendations on every page; demand has been higher since.
    growth: { fromDay: 46, factor: 1.7 },
    releaseDays: 11,
    newImages: true,
    entityRef: 'component:default/recommendation-api',
    serves: [
      { metric: 'requests', perHour: 41_000 * mean, failedShare: 0.003 },
    ],
    network: { crossZoneBytes: 0.8 * GIB * mean },
    service: true,
    containers: [
      {
        name: 'api',
        image: 'registry.example.com/shop/recommendation-api:3.9.0',
        cpuRequestCores: 1.5,
        memoryRequestBytes: 3 * GIB,
        memoryLimitBytes: 4 * GIB,
        port: 8080,
        usage: {
          cpuCores: 0.9,
          cpuFollows: 0.85,
          memoryBytes: 2.2 * GIB,
          memoryFollows: 0.1,
        },
      },
    ],
  };
}

/** Asks for less CPU than it uses at its peak: the one that needs more, not less. */
function fraudDetectorApi(replicas: number): WorkloadSpec {
  return {
    name: 'fraud-detector-api',
    namespace: 'payments',
    kind: 'Deployment',
    pool: 'general',
    labels: byKubernetesId('fraud-detector-api'),
    schedule: { type: 'fixed', replicas },
    releaseDays: 13,
    vpa: { updateMode: 'Off' },
    entityRef: 'component:default/fraud-detector-api',
    serves: [
      { metric: 'requests', perHour: 19_000 * replicas, failedShare: 0.0004 },
    ],
    network: { crossZoneBytes: 0.6 * GIB * replicas },
    service: true,
    containers: [
      {
        name: 'api',
        image: 'registry.example.com/payments/fraud-detector:7.1.3',
        cpuRequestCores: 1,
        memoryRequestBytes: 2 * GIB,
        memoryLimitBytes: 2.5 * GIB,
        port: 8443,
        usage: {
          cpuCores: 0.95,
          cpuFollows: 0.9,
          memoryBytes: 1.75 * GIB,
          memoryFollows: 0.08,
        },
      },
    ],
  };
}

function redisFeatureStore(replicas: number): WorkloadSpec {
  return {
    name: 'redis-feature-store',
    namespace: 'payments',
    kind: 'StatefulSet',
    pool: 'general',
    labels: byKubernetesId('redis-feature-store'),
    schedule: { type: 'fixed', replicas },
    entityRef: 'component:default/redis-feature-store',
    volume: { name: 'data', storageClass: 'gp3', capacityBytes: 100 * GIB },
    network: { crossZoneBytes: 1.1 * GIB * replicas },
    service: true,
    containers: [
      {
        name: 'redis',
        image: 'registry.example.com/mirror/redis:8.2.1',
        cpuRequestCores: 1,
        memoryRequestBytes: 8 * GIB,
        memoryLimitBytes: 8 * GIB,
        port: 6379,
        usage: {
          cpuCores: 0.22,
          cpuFollows: 0.8,
          memoryBytes: 5.4 * GIB,
          memoryFollows: 0.05,
        },
      },
      {
        name: 'exporter',
        image: 'registry.example.com/mirror/redis-exporter:1.74.0',
        cpuRequestCores: 0.05,
        memoryRequestBytes: 64 * MIB,
        port: 9121,
        usage: {
          cpuCores: 0.006,
          cpuFollows: 0,
          memoryBytes: 22 * MIB,
          memoryFollows: 0,
        },
      },
    ],
  };
}

/** Leaks: grows to its limit in about a day and a half, is killed and starts over. */
const sessionService: WorkloadSpec = {
  name: 'session-service',
  namespace: 'storefront',
  kind: 'Deployment',
  pool: 'general',
  labels: appLabels('session-service'),
  schedule: { type: 'fixed', replicas: 2 },
  releaseDays: 27,
  entityRef: 'component:default/session-service',
  service: true,
  containers: [
    {
      name: 'session',
      image: 'registry.example.com/shop/session-service:1.3.7',
      cpuRequestCores: 0.5,
      memoryRequestBytes: 1 * GIB,
      memoryLimitBytes: 2 * GIB,
      port: 8080,
      usage: {
        cpuCores: 0.21,
        cpuFollows: 0.7,
        memoryBytes: 420 * MIB,
        memoryFollows: 0,
        leakHours: 34,
      },
    },
  ],
};

/** Works two hours every Monday morning, and does nearly nothing otherwise. */
const reportGenerator: WorkloadSpec = {
  name: 'report-generator',
  namespace: 'reporting',
  kind: 'Deployment',
  pool: 'spot',
  labels: appLabels('report-generator'),
  schedule: {
    type: 'burst',
    quiet: 1,
    loud: 12,
    weekday: 1,
    fromHour: 6,
    hours: 2,
  },
  releaseDays: 21,
  entityRef: 'component:default/report-generator',
  containers: [
    {
      name: 'reports',
      image: 'registry.example.com/shop/report-generator:4.0.2',
      cpuRequestCores: 1,
      memoryRequestBytes: 3 * GIB,
      memoryLimitBytes: 4 * GIB,
      usage: {
        cpuCores: 0.08,
        cpuFollows: 1,
        memoryBytes: 900 * MIB,
        memoryFollows: 0.1,
      },
    },
  ],
};

/** A VerticalPodAutoscaler sets the requests of this workload. */
const catalogSearch: WorkloadSpec = {
  name: 'catalog-search',
  namespace: 'storefront',
  kind: 'Deployment',
  pool: 'general',
  labels: appLabels('catalog-search'),
  schedule: { type: 'fixed', replicas: 2 },
  releaseDays: 30,
  vpa: { updateMode: 'Auto' },
  entityRef: 'component:default/catalog-search',
  serves: [{ metric: 'requests', perHour: 52_000, failedShare: 0.001 }],
  service: true,
  containers: [
    {
      name: 'search',
      image: 'registry.example.com/shop/catalog-search:1.22.4',
      cpuRequestCores: 0.9,
      memoryRequestBytes: 1.75 * GIB,
      memoryLimitBytes: 2.5 * GIB,
      port: 8080,
      usage: {
        cpuCores: 0.46,
        cpuFollows: 0.8,
        memoryBytes: 1.4 * GIB,
        memoryFollows: 0.1,
      },
    },
  ],
};

/** What the commerce teams run in each cluster. */
export const COMMERCE: Record<string, WorkloadSpec[]> = {
  'us-west': [
    webFrontend(4),
    recommendationApi(3),
    fraudDetectorApi(3),
    redisFeatureStore(2),
    sessionService,
    reportGenerator,
    catalogSearch,
  ],
  'eu-central': [
    webFrontend(3),
    recommendationApi(2),
    fraudDetectorApi(2),
    redisFeatureStore(1),
    sessionService,
  ],
};
