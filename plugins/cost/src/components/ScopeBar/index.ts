export * from './ScopeBar';
export * from './ChargesButton';
