export * from './FieldChanges';
