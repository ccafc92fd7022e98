/** When a training begins unless somebody says otherwise. */
export const TRAINING_CRON = '0 1 * * *';
