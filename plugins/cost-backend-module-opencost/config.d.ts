export interface Config {
  headroom?: {
    opencost?: {
      /**
       * Currency of the amounts OpenCost and Kubecost answer, an ISO 4217 code.
       * Their answers don't state it. Default `USD`.
       */
      currency?: string;
    };
  };
}
