export * from './ChoiceGroup';
