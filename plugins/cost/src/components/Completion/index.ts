export * from './CompletionView';
