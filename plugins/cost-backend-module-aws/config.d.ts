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
      }>;
    };
  };
}
