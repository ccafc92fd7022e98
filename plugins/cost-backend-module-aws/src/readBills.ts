import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  CostExplorerConfig,
  readCostExplorer,
} from './costExplorer/readCostExplorer';

const AT = 'headroom.aws.bills';

/** Where one export lies, or what is asked of Cost Explorer. */
export type BillConfig = { name: string } & (
  | { folder: string }
  | { s3: BucketConfig }
  | { costExplorer: CostExplorerConfig }
);

/** A bucket, and how it is signed in to. */
export interface BucketConfig {
  bucket: string;
  /** '' or ending in `/`. */
  prefix: string;
  region?: string;
  /** Whose credentials under `aws` are used. */
  accountId?: string;
  /** Of an S3 that is not that of AWS. */
  endpoint?: string;
}

/** @throws InputError that names the key and what would be right. */
export function readBills(config: Config): BillConfig[] {
  const bills = (config.getOptionalConfigArray(AT) ?? []).map(readBill);
  const names = bills.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `${AT} has two bills called '${twice}'; each needs a name of its own`,
    );
  }
  return bills;
}

function readBill(bill: Config, index: number): BillConfig {
  const at = `${AT}[${index}]`;
  const name = bill.getString('name');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new InputError(
      `${at}.name is '${name}'; it must be of lower-case letters, digits and hyphens, such as aws-payer`,
    );
  }
  const folder = bill.getOptionalString('folder');
  const s3 = bill.getOptionalConfig('s3');
  const costExplorer = bill.getOptionalConfig('costExplorer');
  if (
    [folder, s3, costExplorer].filter(each => each !== undefined).length === 1
  ) {
    if (folder !== undefined) {
      return { name, folder };
    }
    if (s3) {
      return { name, s3: readBucket(s3) };
    }
    if (costExplorer) {
      return {
        name,
        costExplorer: readCostExplorer(costExplorer, `${at}.costExplorer`),
      };
    }
  }
  throw new InputError(
    `${at} must have either folder or s3, where the files of the export are, or costExplorer`,
  );
}

function readBucket(s3: Config): BucketConfig {
  const prefix = (s3.getOptionalString('prefix') ?? '').replace(
    /^\/+|\/+$/g,
    '',
  );
  return {
    bucket: s3.getString('bucket'),
    prefix: prefix && `${prefix}/`,
    region: s3.getOptionalString('region'),
    accountId: s3.getOptionalString('accountId'),
    endpoint: s3.getOptionalString('endpoint'),
  };
}
