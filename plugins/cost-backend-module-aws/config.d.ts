export interface Config {
  headroom?: {
    aws?: {
      /** Exports of a bill in the format of FOCUS, versions 1.0 to 1.3, of AWS or of another provider. */
      bills?: Array<{
        /** Shown beside figures: lower-case letters, digits and hyphens. */
        name: string;
        /** A folder with the files of the export, on this machine or mounted. */
        folder?: string;
        /** A bucket with the files of the export. */
        s3?: {
          bucket: string;
          /** What the keys of all files begin with. */
          prefix?: string;
          region?: string;
          /** Account under `aws.accounts` whose credentials are used. Default: the main one. */
          accountId?: string;
          /** Of an S3 that is not AWS's own. */
          endpoint?: string;
        };
        /**
         * AWS Cost Explorer, where there is no export. Every request costs 0.01 USD, so
         * that a month is asked for rarely and only by itself.
         */
        costExplorer?: {
          /** Account that is invoiced: twelve digits, in quotes. */
          billingAccount: string;
          /** Account under `aws.accounts` whose credentials are used. Default: the main one. */
          accountId?: string;
          /** Accounts that are asked for. Default: all that had charges. */
          accounts?: string[];
          /** Key of the tag that tells whose charges are; one of `headroom.cost.bill.serviceTags`. Takes a request for every type of charge. */
          tag?: string;
          /** How often the running month is asked for, at least 6. Default: 12. */
          refreshHours?: number;
          /** What requests may cost a month, in US dollars. Default: 5. */
          monthlyLimit?: number;
          /** Default: us-east-1. */
          region?: string;
          /** Of a Cost Explorer that is not AWS's own. */
          endpoint?: string;
        };
      }>;
    };
  };
}
