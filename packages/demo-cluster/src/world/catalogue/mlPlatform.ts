import { GIB, MIB, WorkloadSpec } from '../types';
import { appLabels, byKubernetesId } from './labels';

/** Mean requests of one akidb-rest pod in one hour, and tokens of one request. */
const AKIDB_REQUESTS = 54_000;
const AKIDB_TOKENS_PER_REQUEST = 210;

/**
 * The embedding API: on GPUs in both clusters, and over-provisioned. It asks
 * for 8 cores and 16 GiB, needs about 4.5 and 11, and keeps its GPU 35 % busy.
 */
function akidbRest(replicas: number): WorkloadSpec {
  return {
    name: 'akidb-rest',
    namespace: 'ml-serving',
    kind: 'Deployment',
    pool: 'gpu',
    labels: byKubernetesId('akidb-rest'),
    schedule: { type: 'fixed', replicas },
    releaseDays: 19,
    entityRef: 'component:default/akidb-rest',
    serves: [
      {
        metric: 'requests',
        perHour: AKIDB_REQUESTS * replicas,
        failedShare: 0.002,
      },
      {
        metric: 'tokens',
        perHour: AKIDB_REQUESTS * replicas * AKIDB_TOKENS_PER_REQUEST,
      },
    ],
    network: {
      internetBytes: 0.3 * GIB * replicas,
      crossZoneBytes: 2.2 * GIB * replicas,
    },
    service: true,
    host: 'embeddings.example.com',
    containers: [
      {
        name: 'akidb',
        image: 'registry.example.com/ml/akidb-rest:2.8.1',
        cpuRequestCores: 8,
        memoryRequestBytes: 16 * GIB,
        memoryLimitBytes: 16 * GIB,
        gpuDevices: 1,
        port: 8080,
        usage: {
          cpuCores: 4.5,
          // Its cores feed the GPU at a steady pace; it is the GPU that follows demand.
          cpuFollows: 0.12,
          cpuNoise: 0.05,
          memoryBytes: 11 * GIB,
          memoryFollows: 0.02,
          gpuBusy: 0.35,
          gpuFollows: 0.8,
          gpuMemoryBytes: 9.5 * GIB,
        },
      },
    ],
  };
}

/** Turns documents into embeddings, fed by a queue; runs on spot. */
function documentIndexer(mean: number): WorkloadSpec {
  return {
    name: 'document-indexer',
    namespace: 'ml-serving',
    kind: 'Deployment',
    pool: 'spot',
    scaler: 'keda',
    labels: appLabels('document-indexer'),
    schedule: { type: 'elastic', mean, min: 1, max: 4 * mean },
    releaseDays: 8,
    entityRef: 'component:default/document-indexer',
    serves: [{ metric: 'requests', perHour: 9_000 * mean, failedShare: 0.006 }],
    containers: [
      {
        name: 'indexer',
        image: 'registry.example.com/ml/document-indexer:1.14.0',
        cpuRequestCores: 2,
        memoryRequestBytes: 4 * GIB,
        memoryLimitBytes: 6 * GIB,
        usage: {
          cpuCores: 1.5,
          cpuFollows: 0.9,
          memoryBytes: 2.6 * GIB,
          memoryFollows: 0.3,
        },
      },
    ],
  };
}

const jobQueue: WorkloadSpec = {
  name: 'job-queue',
  namespace: 'ml-serving',
  kind: 'StatefulSet',
  pool: 'general',
  labels: appLabels('job-queue'),
  schedule: { type: 'fixed', replicas: 3 },
  entityRef: 'component:default/job-queue',
  volume: { name: 'data', storageClass: 'gp3', capacityBytes: 50 * GIB },
  // It was short of memory once.
  changes: [{ fromDay: 51, spec: { memoryLimitBytes: 3 * GIB } }],
  network: { crossZoneBytes: 1.5 * GIB },
  service: true,
  containers: [
    {
      name: 'nats',
      image: 'registry.example.com/mirror/nats:2.11.4',
      cpuRequestCores: 0.5,
      memoryRequestBytes: 1 * GIB,
      memoryLimitBytes: 2 * GIB,
      port: 4222,
      usage: {
        cpuCores: 0.18,
        cpuFollows: 0.8,
        memoryBytes: 620 * MIB,
        memoryFollows: 0.2,
      },
    },
  ],
};

/** Nightly scoring on spot GPUs. */
const batchInferenceProcessor: WorkloadSpec = {
  name: 'batch-inference-processor',
  namespace: 'ml-batch',
  kind: 'CronJob',
  pool: 'gpu-spot',
  labels: byKubernetesId('batch-inference-processor'),
  schedule: {
    type: 'runs',
    hour: 2,
    minute: 0,
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    pods: 3,
    minutes: [130, 215],
  },
  entityRef: 'component:default/batch-inference-processor',
  containers: [
    {
      name: 'processor',
      image: 'registry.example.com/ml/batch-inference:0.31.2',
      cpuRequestCores: 6,
      memoryRequestBytes: 24 * GIB,
      memoryLimitBytes: 24 * GIB,
      gpuDevices: 1,
      usage: {
        cpuCores: 3.4,
        cpuFollows: 0,
        memoryBytes: 17 * GIB,
        memoryFollows: 0,
        gpuBusy: 0.88,
        gpuFollows: 0,
        gpuMemoryBytes: 16 * GIB,
      },
    },
  ],
};

/** Business hours of weekdays, four devices at a time. */
const modelTrainingJob: WorkloadSpec = {
  name: 'model-training-job',
  namespace: 'ml-batch',
  kind: 'CronJob',
  pool: 'gpu-training',
  labels: byKubernetesId('model-training-job'),
  schedule: {
    type: 'runs',
    hour: 9,
    minute: 0,
    weekdays: [1, 2, 3, 4, 5],
    pods: 1,
    minutes: [430, 550],
  },
  entityRef: 'component:default/model-training-job',
  containers: [
    {
      name: 'trainer',
      image: 'registry.example.com/ml/trainer:5.2.0',
      cpuRequestCores: 40,
      memoryRequestBytes: 160 * GIB,
      memoryLimitBytes: 160 * GIB,
      gpuDevices: 4,
      usage: {
        cpuCores: 21,
        cpuFollows: 0,
        memoryBytes: 118 * GIB,
        memoryFollows: 0,
        gpuBusy: 0.74,
        gpuFollows: 0,
        gpuMemoryBytes: 19 * GIB,
      },
    },
  ],
};

/** A notebook that somebody left running, holding a GPU it doesn't use. */
const notebook: WorkloadSpec = {
  name: 'notebook-embeddings-eval',
  namespace: 'notebooks',
  kind: 'StatefulSet',
  pool: 'gpu',
  labels: byKubernetesId('research-notebooks', 'notebook-embeddings-eval'),
  schedule: { type: 'fixed', replicas: 1 },
  entityRef: 'component:default/research-notebooks',
  volume: { name: 'home', storageClass: 'gp3', capacityBytes: 200 * GIB },
  containers: [
    {
      name: 'notebook',
      image: 'registry.example.com/mirror/jupyter-pytorch:2026.1',
      cpuRequestCores: 4,
      memoryRequestBytes: 16 * GIB,
      memoryLimitBytes: 32 * GIB,
      gpuDevices: 1,
      port: 8888,
      usage: {
        cpuCores: 0.03,
        cpuFollows: 0,
        memoryBytes: 2.1 * GIB,
        memoryFollows: 0,
        gpuBusy: 0,
      },
    },
  ],
};

/** Made by hand for an afternoon, weeks ago; no controller would make it again. */
const scratchPod: WorkloadSpec = {
  name: 'scratch-embeddings',
  namespace: 'notebooks',
  kind: 'Pod',
  pool: 'general',
  labels: byKubernetesId('research-notebooks', 'scratch-embeddings'),
  schedule: { type: 'fixed', replicas: 1 },
  containers: [
    {
      name: 'shell',
      image: 'registry.example.com/mirror/python:3.13',
      cpuRequestCores: 2,
      memoryRequestBytes: 8 * GIB,
      usage: {
        cpuCores: 0.04,
        cpuFollows: 0,
        memoryBytes: 640 * MIB,
        memoryFollows: 0,
      },
    },
  ],
};

/** What the ML platform team runs in each cluster. */
export const ML_PLATFORM: Record<string, WorkloadSpec[]> = {
  'us-west': [
    akidbRest(4),
    documentIndexer(4),
    jobQueue,
    batchInferenceProcessor,
    modelTrainingJob,
    notebook,
    scratchPod,
  ],
  'eu-central': [akidbRest(3), documentIndexer(2), jobQueue],
};
