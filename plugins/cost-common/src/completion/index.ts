export * from './completion';
export * from './completionMarkdown';
export * from './completionWindows';
export * from './foldCompletion';
