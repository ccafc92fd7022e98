export * from './PageTitle';
export * from './ScalingPage';
export * from './ScalingTabs';
