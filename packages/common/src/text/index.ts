export * from './escapeMarkdown';
export * from './inertText';
