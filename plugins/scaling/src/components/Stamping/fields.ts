import { HeadroomBudget } from './HeadroomBudget';
import { HeadroomCluster } from './HeadroomCluster';
import { HeadroomCost } from './HeadroomCost';
import { HeadroomDecision } from './HeadroomDecision';
import { HeadroomSchedule } from './HeadroomSchedule';
import { HeadroomTimezone } from './HeadroomTimezone';
import {
  budgetSchema,
  clusterSchema,
  costSchema,
  decisionSchema,
  scheduleSchema,
  timezoneSchema,
} from './schemas';
import {
  validateBudget,
  validateCluster,
  validateDecision,
  validateSchedule,
  validateTimezone,
} from './validations';

export const decisionField = {
  name: 'HeadroomDecision',
  component: HeadroomDecision,
  validation: validateDecision,
  schema: decisionSchema,
};

export const clusterField = {
  name: 'HeadroomCluster',
  component: HeadroomCluster,
  validation: validateCluster,
  schema: clusterSchema,
};

export const timezoneField = {
  name: 'HeadroomTimezone',
  component: HeadroomTimezone,
  validation: validateTimezone,
  schema: timezoneSchema,
};

export const scheduleField = {
  name: 'HeadroomSchedule',
  component: HeadroomSchedule,
  validation: validateSchedule,
  schema: scheduleSchema,
};

export const budgetField = {
  name: 'HeadroomBudget',
  component: HeadroomBudget,
  validation: validateBudget,
  schema: budgetSchema,
};

export const costField = {
  name: 'HeadroomCost',
  component: HeadroomCost,
  schema: costSchema,
};
