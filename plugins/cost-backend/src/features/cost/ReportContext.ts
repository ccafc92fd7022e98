import { CostConfig } from '../../core/config/CostConfig';
import { Currencies } from '../../core/Currencies';

/** What all reports are built with, beside their own data. */
export interface ReportContext {
  config: CostConfig;
  currencies: Currencies;
  /** Clusters that are simulations. */
  simulated: ReadonlySet<string>;
  clusterCount: number;
}
