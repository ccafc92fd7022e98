import { GIB, WorkloadSpec } from '../types';
import { appLabels, byKubernetesId } from './labels';

/** A small model on a time-slice of a board that it shares with others. */
function smallModel(
  name: string,
  figures: {
    cpu: number;
    memoryGib: number;
    gpuBusy: number;
    gpuMemoryGib: number;
  },
): WorkloadSpec {
  return {
    name,
    namespace: 'ml-serving',
    kind: 'Deployment',
    pool: 'gpu-shared',
    labels: byKubernetesId('small-models', name),
    schedule: { type: 'fixed', replicas: 1 },
    service: true,
    containers: [
      {
        name: 'server',
        image: `registry.example.com/ml/${name}:0.9.3`,
        cpuRequestCores: 1,
        memoryRequestBytes: 4 * GIB,
        memoryLimitBytes: 6 * GIB,
        gpuDevices: 1,
        port: 8000,
        usage: {
          cpuCores: figures.cpu,
          cpuFollows: 0.7,
          memoryBytes: figures.memoryGib * GIB,
          memoryFollows: 0.02,
          gpuBusy: figures.gpuBusy,
          gpuFollows: 0.8,
          gpuMemoryBytes: figures.gpuMemoryGib * GIB,
        },
      },
    ],
  };
}

/** A part of the assistant on an instance of a board that is cut. */
function assistant(
  part: string,
  profile: string,
  figures: {
    cpu: number;
    memoryGib: number;
    gpuBusy: number;
    gpuMemoryGib: number;
  },
): WorkloadSpec {
  const name = `assistant-${part}`;
  return {
    name,
    namespace: 'ml-serving',
    kind: 'Deployment',
    pool: 'gpu-mig',
    labels: byKubernetesId('assistant', name),
    schedule: { type: 'fixed', replicas: 1 },
    service: true,
    containers: [
      {
        name: 'vllm',
        image: 'registry.example.com/mirror/vllm-openai:0.11.2',
        cpuRequestCores: 4,
        memoryRequestBytes: 48 * GIB,
        memoryLimitBytes: 48 * GIB,
        gpuDevices: 1,
        gpuResource: `nvidia.com/mig-${profile}`,
        port: 8000,
        usage: {
          cpuCores: figures.cpu,
          cpuFollows: 0.5,
          memoryBytes: figures.memoryGib * GIB,
          memoryFollows: 0.02,
          gpuBusy: figures.gpuBusy,
          gpuFollows: 0.8,
          gpuMemoryBytes: figures.gpuMemoryGib * GIB,
        },
      },
    ],
  };
}

/** Loaded its model weeks ago and waits: memory held, hardly anything computed. */
const imageCaptioner: WorkloadSpec = {
  name: 'image-captioner',
  namespace: 'ml-serving',
  kind: 'Deployment',
  pool: 'gpu',
  labels: appLabels('image-captioner'),
  schedule: { type: 'fixed', replicas: 1 },
  entityRef: 'component:default/image-captioner',
  serves: [{ metric: 'requests', perHour: 3, failedShare: 0 }],
  service: true,
  containers: [
    {
      name: 'triton',
      image: 'registry.example.com/mirror/tritonserver:26.2',
      cpuRequestCores: 6,
      memoryRequestBytes: 24 * GIB,
      memoryLimitBytes: 24 * GIB,
      gpuDevices: 1,
      port: 8000,
      usage: {
        cpuCores: 0.3,
        cpuFollows: 0.2,
        memoryBytes: 6.2 * GIB,
        memoryFollows: 0,
        gpuBusy: 0.0004,
        gpuMemoryBytes: 17.5 * GIB,
      },
    },
  ],
};

/** Holds four devices and uses two. */
const visualSearch: WorkloadSpec = {
  name: 'visual-search',
  namespace: 'ml-serving',
  kind: 'Deployment',
  pool: 'gpu-training',
  labels: byKubernetesId('visual-search'),
  schedule: { type: 'fixed', replicas: 1 },
  entityRef: 'component:default/visual-search',
  serves: [{ metric: 'requests', perHour: 8_500, failedShare: 0.002 }],
  service: true,
  containers: [
    {
      name: 'search',
      image: 'registry.example.com/ml/visual-search:1.6.2',
      cpuRequestCores: 24,
      memoryRequestBytes: 96 * GIB,
      memoryLimitBytes: 96 * GIB,
      gpuDevices: 4,
      port: 8080,
      usage: {
        cpuCores: 6.5,
        cpuFollows: 0.6,
        memoryBytes: 41 * GIB,
        memoryFollows: 0.02,
        gpuBusy: 0.3,
        gpuFollows: 0.8,
        gpuMemoryBytes: 13 * GIB,
        gpuUsed: 2,
      },
    },
  ],
};

/** Suggests labels to people; they work in office hours, it is there all week. */
const labelAssist: WorkloadSpec = {
  name: 'label-assist',
  namespace: 'ml-serving',
  kind: 'Deployment',
  pool: 'gpu',
  labels: byKubernetesId('label-assist'),
  schedule: { type: 'fixed', replicas: 1 },
  officeHours: true,
  entityRef: 'component:default/label-assist',
  serves: [{ metric: 'requests', perHour: 600 }],
  service: true,
  containers: [
    {
      name: 'assist',
      image: 'registry.example.com/ml/label-assist:0.7.0',
      cpuRequestCores: 4,
      memoryRequestBytes: 16 * GIB,
      memoryLimitBytes: 16 * GIB,
      gpuDevices: 1,
      port: 8080,
      usage: {
        cpuCores: 0.6,
        cpuFollows: 0.95,
        memoryBytes: 7.5 * GIB,
        memoryFollows: 0,
        gpuBusy: 0.16,
        gpuFollows: 1,
        gpuMemoryBytes: 10 * GIB,
      },
    },
  ],
};

/** Busy nearly all the time, on boards whose profiling counters say nothing. */
const speechToText: WorkloadSpec = {
  name: 'speech-to-text',
  namespace: 'ml-serving',
  kind: 'Deployment',
  pool: 'gpu-t4',
  labels: byKubernetesId('speech-to-text'),
  schedule: { type: 'fixed', replicas: 1 },
  entityRef: 'component:default/speech-to-text',
  serves: [{ metric: 'requests', perHour: 1_400, failedShare: 0.004 }],
  service: true,
  containers: [
    {
      name: 'whisper',
      image: 'registry.example.com/ml/speech-to-text:3.1.0',
      cpuRequestCores: 4,
      memoryRequestBytes: 12 * GIB,
      memoryLimitBytes: 16 * GIB,
      gpuDevices: 1,
      port: 9000,
      usage: {
        cpuCores: 2.6,
        cpuFollows: 0.2,
        memoryBytes: 8.4 * GIB,
        memoryFollows: 0.02,
        // There is always something waiting.
        gpuBusy: 1.12,
        gpuMemoryBytes: 11.5 * GIB,
      },
    },
  ],
};

/** Moderation is called for images only, and there are few. */
const moderation = assistant('moderation', '1g.10gb', {
  cpu: 0.2,
  memoryGib: 9,
  gpuBusy: 0.02,
  gpuMemoryGib: 7.9,
});

/** Models that share a GPU, and those that don't use theirs. */
export const MODELS: Record<string, WorkloadSpec[]> = {
  'us-west': [
    smallModel('reranker', {
      cpu: 0.55,
      memoryGib: 2.9,
      gpuBusy: 0.52,
      gpuMemoryGib: 4.1,
    }),
    smallModel('language-detector', {
      cpu: 0.2,
      memoryGib: 1.3,
      gpuBusy: 0.12,
      gpuMemoryGib: 1.2,
    }),
    smallModel('image-tagger', {
      cpu: 0.35,
      memoryGib: 2.4,
      gpuBusy: 0.31,
      gpuMemoryGib: 3.6,
    }),
    assistant('chat', '3g.40gb', {
      cpu: 2.4,
      memoryGib: 31,
      gpuBusy: 0.46,
      gpuMemoryGib: 36,
    }),
    assistant('summarizer', '2g.20gb', {
      cpu: 1.1,
      memoryGib: 18,
      gpuBusy: 0.17,
      gpuMemoryGib: 15.5,
    }),
    moderation,
    imageCaptioner,
    visualSearch,
    labelAssist,
  ],
  'eu-central': [speechToText],
};
