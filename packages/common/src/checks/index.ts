export * from './clusterCheck';
export * from './toFinding';
export * from './kubernetesCheckSentences';
