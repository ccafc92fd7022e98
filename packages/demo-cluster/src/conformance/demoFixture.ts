import { ConformanceTarget } from './target';

/** What the cases name of the demo's objects, wherever these are. */
export const DEMO_FIXTURE: ConformanceTarget['fixture'] = {
  deployment: {
    namespace: 'ml-serving',
    name: 'akidb-rest',
    replicas: 4,
    resources: {
      requests: { cpu: '8', memory: '16Gi', 'nvidia.com/gpu': '1' },
      limits: { memory: '16Gi', 'nvidia.com/gpu': '1' },
    },
  },
  otherApp: 'job-queue',
  appWithoutId: 'recommendation-api',
};
