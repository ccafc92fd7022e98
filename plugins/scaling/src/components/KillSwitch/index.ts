export * from './KillSwitchBanner';
export * from './KillSwitchButton';
