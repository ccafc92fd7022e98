import { ClusterSection } from '@headroom/plugin-clusters-node';

/** Where the telemetry of a demo cluster is asked. */
export const demoSection = ClusterSection.endpoint('demo');
