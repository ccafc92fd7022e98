/** A transaction whose queries all see the database as it is at one moment. */
export const SNAPSHOT = {
  isolationLevel: 'repeatable read',
  readOnly: true,
} as const;
