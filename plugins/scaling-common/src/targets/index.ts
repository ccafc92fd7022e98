export * from './Autoscaler';
export { budgetAgainstZero, leastAvailableOf } from './disruptionBudgets';
export * from './RestoreRecord';
export {
  RESTORE_PATH,
  readRestoreRecord,
  restoreRecordAfter,
  writeRestoreRecord,
} from './restoreRecords';
export * from './ScalingObject';
export * from './ScalingTarget';
