export * from './estimatesApiRef';
export * from './scalingApiRef';
