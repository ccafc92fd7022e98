export {
  conflictBase,
  labelReader,
  sanitizeLabelKey,
  snakeCaseLabelKey,
  type LabelSet,
} from './labels';
export * from './labelSelector';
