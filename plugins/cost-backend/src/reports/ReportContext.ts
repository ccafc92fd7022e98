import { CostConfig } from '../config/CostConfig';
import { Currencies } from './Currencies';

/** What all reports are built with, beside their own data. */
export interface ReportContext {
  config: CostConfig;
  currencies: Currencies;
  /** Clusters that are simulations. */
  simulated: Set<string>;
  clusterCount: number;
}
