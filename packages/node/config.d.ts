export interface Config {
  headroom?: {
    /**
     * IANA zone that calendar days are in, e.g. `Europe/Berlin`. Default: UTC.
     * @visibility backend
     */
    timezone?: string;
    /**
     * Currency that amounts are stored in, ISO 4217. Default: USD. Choose once:
     * what is stored is not converted later.
     * @visibility backend
     */
    currency?: string;
    /**
     * Other currencies a report can be asked for. One unit of `currency` above
     * buys `rate` units of this one, from `validFrom` on.
     */
    exchangeRates?: Array<{
      /** @visibility backend */
      currency: string;
      /** @visibility backend */
      rate: number | string;
      /**
       * ISO date, inclusive.
       * @visibility backend
       */
      validFrom: string;
    }>;
  };
}
