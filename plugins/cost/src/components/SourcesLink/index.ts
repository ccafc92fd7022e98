export * from './SourcesLink';
