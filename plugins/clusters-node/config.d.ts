/** How to sign in to an endpoint. */
interface HeadroomEndpointAuthBearer {
  type: 'bearer';
  /** @visibility secret */
  token: string;
}

interface HeadroomEndpointAuthBasic {
  type: 'basic';
  username: string;
  /** @visibility secret */
  password: string;
}

interface HeadroomEndpoint {
  /** Base URL, http or https, without credentials and without a trailing slash. */
  url: string;
  auth?: HeadroomEndpointAuthBearer | HeadroomEndpointAuthBasic;
  /**
   * Extra request headers, e.g. `X-Scope-OrgID` for Mimir or `THANOS-TENANT`.
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
    /**
     * The clusters of this portal. What else may be written at one is said by the modules
     * that read it, such as `opencost` and `demo`.
     */
    clusters?: Array<{
      /**
       * The name Backstage's `kubernetes` configuration uses, e.g. `us-west`, `gke_shop_europe-west1_prod`
       * or `arn:aws:eks:eu-central-1:123456789012:cluster/prod`. At most 253 characters, without commas and `*`.
       */
      name: string;
      /** What people read. Default: the name. */
      title?: string;
      /** Region of nodes that don't say theirs, e.g. `us-west-2`. */
      region?: string;
      labels?: { [name: string]: string };
      /**
       * A Prometheus-compatible API: Prometheus, Thanos or Mimir. What the cluster used is read from it,
       * unless something else says what it costs.
       */
      prometheus?: HeadroomEndpoint & {
        /**
         * Label values added to every selector, e.g. `{ cluster: us-west }` on a shared Thanos. Names
         * such as `k8s.cluster.name` need a Prometheus of version 3 or newer.
         */
        matchers?: { [label: string]: string };
        /** Seconds between two scrapes, 1 to 600. Default: told from the timestamps of `up`. */
        scrapeIntervalSeconds?: number;
      };
      /**
       * Its Kubernetes API, read to tell workloads and what steers them. Default:
       * the cluster of the same name in `kubernetes.clusterLocatorMethods` that
       * has a `serviceAccountToken`.
       */
      kubernetes?: {
        /** Base URL, http or https, without credentials and without a trailing slash. */
        url: string;
        /**
         * Token of the account that reads.
         *
         * @visibility secret
         */
        token?: string;
        /** The account that changes the cluster, which must be another one. Without it nothing is ever changed. */
        act?: {
          /** @visibility secret */
          token: string;
        };
        /**
         * Certificate authority, base64 of its PEM.
         *
         * @visibility secret
         */
        caData?: string;
        /** Path of the certificate authority's PEM file. */
        caFile?: string;
        skipTLSVerify?: boolean;
        /** Seconds one request may take, 1 to 600. Default 30. */
        timeoutSeconds?: number;
      };
    }>;
  };
}
