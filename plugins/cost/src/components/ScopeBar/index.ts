export * from './ScopeBar';
export * from './ChargesButton';
export * from './ChoiceGroup';
