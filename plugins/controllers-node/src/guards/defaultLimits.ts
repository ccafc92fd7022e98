import { GuardLimits } from './GuardLimits';

/** What guards compare with where nothing else is configured. @public */
export const DEFAULT_LIMITS: GuardLimits = {
  protectedNamespaces: [],
  blastRadius: {
    perRun: { count: 100, percent: 20 },
    perDay: { count: 500, percent: 60 },
    atLeast: 5,
  },
  inventory: { maxAgeSeconds: 300, shrunkPercent: 30 },
  rate: { perTargetPerHour: 6 },
  contested: { withinSeconds: 600, times: 2 },
};
