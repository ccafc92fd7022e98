/** How to sign in to an endpoint. */
interface HeadroomDemoEndpointAuthBearer {
  type: 'bearer';
  /** @visibility secret */
  token: string;
}

interface HeadroomDemoEndpointAuthBasic {
  type: 'basic';
  username: string;
  /** @visibility secret */
  password: string;
}

interface HeadroomDemoEndpoint {
  /** Base URL, http or https, without credentials and without a trailing slash. */
  url: string;
  auth?: HeadroomDemoEndpointAuthBearer | HeadroomDemoEndpointAuthBasic;
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
      /** The demo cluster; labelled as a simulation. */
      demo?: HeadroomDemoEndpoint;
    }>;
  };
}
