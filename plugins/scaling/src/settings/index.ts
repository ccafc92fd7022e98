export * from './ScalingSettingsProvider';
