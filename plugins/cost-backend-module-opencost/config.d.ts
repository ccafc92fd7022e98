/** How to sign in to an endpoint. */
interface HeadroomOpenCostEndpointAuthBearer {
  type: 'bearer';
  /** @visibility secret */
  token: string;
}

interface HeadroomOpenCostEndpointAuthBasic {
  type: 'basic';
  username: string;
  /** @visibility secret */
  password: string;
}

interface HeadroomOpenCostEndpoint {
  /** Base URL, http or https, without credentials and without a trailing slash. */
  url: string;
  auth?: HeadroomOpenCostEndpointAuthBearer | HeadroomOpenCostEndpointAuthBasic;
  /**
   * Extra request headers.
   *
   * @deepVisibility secret
   */
  headers?: { [name: string]: string };
  /** Seconds one request may take, 1 to 600. Default 30. */
  timeoutSeconds?: number;
  /**
   * Largest answer that is read, 1 to 512. Default 32, an hour of some 20,000
   * containers; in memory it is ten times that.
   */
  maxResponseMebibytes?: number;
}

export interface Config {
  headroom?: {
    clusters?: Array<{
      /** An OpenCost or Kubecost that is already there. The costs it has allocated are taken as they are. */
      opencost?: HeadroomOpenCostEndpoint;
    }>;
    opencost?: {
      /**
       * Currency of the amounts OpenCost and Kubecost answer, an ISO 4217 code.
       * Their answers don't state it. Default `USD`.
       */
      currency?: string;
    };
  };
}
