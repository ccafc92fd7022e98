export * from './types';
export { RULE_CANDIDATES, RULE_MARGINS, RULE_QUANTILES } from './candidates';
export * from './usageDay';
export { heldLevels } from './heldLevels';
export {
  chooseRequest,
  RISK_PRICES,
  type RequestOptions,
} from './chooseRequest';
