import { GIB, MIB, WorkloadSpec } from '../types';
import { byKubernetesId } from './labels';

/**
 * Runs on a JVM whose heap is fixed: its working set says what it was told, not
 * what it needs. Starting takes five times its usual CPU for ten minutes.
 */
const orderService: WorkloadSpec = {
  name: 'order-service',
  namespace: 'payments',
  kind: 'Deployment',
  pool: 'general',
  labels: byKubernetesId('order-service'),
  schedule: { type: 'fixed', replicas: 2 },
  releaseDays: 6,
  entityRef: 'component:default/order-service',
  serves: [{ metric: 'requests', perHour: 24_000, failedShare: 0.0008 }],
  service: true,
  containers: [
    {
      name: 'migrate',
      role: 'init',
      image: 'registry.example.com/payments/order-migrations:5.4.0',
      cpuRequestCores: 0.25,
      memoryRequestBytes: 256 * MIB,
      memoryLimitBytes: 256 * MIB,
      usage: {
        cpuCores: 0.2,
        cpuFollows: 0,
        memoryBytes: 140 * MIB,
        memoryFollows: 0,
      },
    },
    {
      name: 'orders',
      image: 'registry.example.com/payments/order-service:5.4.0',
      env: { JAVA_TOOL_OPTIONS: '-Xms2g -Xmx2g -XX:+UseG1GC' },
      cpuRequestCores: 1.5,
      memoryRequestBytes: 3 * GIB,
      memoryLimitBytes: 3 * GIB,
      port: 8080,
      usage: {
        cpuCores: 0.34,
        cpuFollows: 0.85,
        startupTimes: 5,
        memoryBytes: 2.45 * GIB,
        memoryFollows: 0,
      },
    },
  ],
};

/** Its CPU limit is below what it wants in the afternoon: it is throttled. */
const checkoutApi: WorkloadSpec = {
  name: 'checkout-api',
  namespace: 'payments',
  kind: 'Deployment',
  pool: 'general',
  labels: byKubernetesId('checkout-api'),
  schedule: { type: 'fixed', replicas: 3 },
  releaseDays: 40,
  entityRef: 'component:default/checkout-api',
  serves: [{ metric: 'requests', perHour: 31_000, failedShare: 0.0012 }],
  service: true,
  containers: [
    {
      name: 'api',
      image: 'registry.example.com/payments/checkout-api:2.17.0',
      cpuRequestCores: 0.5,
      cpuLimitCores: 0.6,
      memoryRequestBytes: 512 * MIB,
      memoryLimitBytes: 768 * MIB,
      port: 8080,
      usage: {
        cpuCores: 0.4,
        cpuFollows: 0.9,
        memoryBytes: 310 * MIB,
        memoryFollows: 0.1,
      },
    },
  ],
};

/**
 * Nobody dares to touch it: far more than it needs, and no risk is to be taken.
 * What nothing that is measured tells: to start it reads its journal, and needs
 * 5 GiB for twenty minutes. It has not been started since before the history, so
 * that a limit that fits its usage has the kernel kill it again and again. Flux has
 * its manifest and is told to leave resources alone, so that advice may be tried in
 * the cluster.
 */
const paymentLedger: WorkloadSpec = {
  name: 'payment-ledger',
  namespace: 'payments',
  kind: 'Deployment',
  pool: 'general',
  labels: byKubernetesId('payment-ledger'),
  annotations: {
    'headroom.io/appetite': 'critical',
    'headroom.io/may-write':
      'spec.template.spec.containers[name=ledger].resources',
  },
  schedule: { type: 'fixed', replicas: 3 },
  vpa: { updateMode: 'Off' },
  entityRef: 'component:default/payment-ledger',
  serves: [{ metric: 'requests', perHour: 12_000, failedShare: 0.0001 }],
  network: { crossZoneBytes: 0.5 * GIB },
  service: true,
  containers: [
    {
      name: 'ledger',
      image: 'registry.example.com/payments/payment-ledger:11.0.2',
      cpuRequestCores: 4,
      memoryRequestBytes: 8 * GIB,
      memoryLimitBytes: 8 * GIB,
      port: 8443,
      usage: {
        cpuCores: 0.55,
        cpuFollows: 0.8,
        memoryBytes: 2.1 * GIB,
        memoryFollows: 0.1,
        startupBytes: 5 * GIB,
      },
    },
  ],
};

/** One run every night, of half an hour. */
const invoiceRun: WorkloadSpec = {
  name: 'invoice-run',
  namespace: 'payments',
  kind: 'CronJob',
  pool: 'spot',
  labels: byKubernetesId('invoice-run'),
  schedule: {
    type: 'runs',
    hour: 1,
    minute: 30,
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    pods: 1,
    minutes: [22, 45],
  },
  entityRef: 'component:default/invoice-run',
  containers: [
    {
      name: 'invoices',
      image: 'registry.example.com/payments/invoice-run:1.8.0',
      cpuRequestCores: 3,
      memoryRequestBytes: 6 * GIB,
      memoryLimitBytes: 6 * GIB,
      usage: {
        cpuCores: 1.3,
        cpuFollows: 0,
        memoryBytes: 1.6 * GIB,
        memoryFollows: 0,
      },
    },
  ],
};

/** Four days old when the demo is new: too young to be advised. */
const giftCards: WorkloadSpec = {
  name: 'gift-cards',
  namespace: 'payments',
  kind: 'Deployment',
  pool: 'general',
  labels: byKubernetesId('gift-cards'),
  schedule: { type: 'fixed', replicas: 2 },
  exists: { from: 56 * 24, until: Infinity },
  entityRef: 'component:default/gift-cards',
  serves: [{ metric: 'requests', perHour: 1_800, failedShare: 0.002 }],
  service: true,
  containers: [
    {
      name: 'api',
      image: 'registry.example.com/payments/gift-cards:0.2.0',
      cpuRequestCores: 0.5,
      memoryRequestBytes: 1 * GIB,
      memoryLimitBytes: 1 * GIB,
      port: 8080,
      usage: {
        cpuCores: 0.06,
        cpuFollows: 0.8,
        memoryBytes: 190 * MIB,
        memoryFollows: 0.1,
      },
    },
  ],
};

/** What turns a basket into a paid order. */
export const CHECKOUT: Record<string, WorkloadSpec[]> = {
  'us-west': [orderService, checkoutApi, paymentLedger, invoiceRun, giftCards],
  'eu-central': [orderService, checkoutApi],
};
