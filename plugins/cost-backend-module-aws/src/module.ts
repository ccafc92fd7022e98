import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { S3Client } from '@aws-sdk/client-s3';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { CostExplorerSource } from './costExplorer/CostExplorerSource';
import { CostExplorerConfig } from './costExplorer/readCostExplorer';
import { FolderFiles } from './files/FolderFiles';
import { S3Files } from './files/S3Files';
import { FocusExportSource } from './FocusExportSource';
import { BucketConfig, readBills } from './readBills';

/**
 * Reads the bills under `headroom.aws.bills`: exports, and what Cost Explorer tells.
 *
 * @public
 */
export const costModuleAws = createBackendModule({
  pluginId: 'cost',
  moduleId: 'aws',
  register({ registerInit }) {
    registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: costSourcesExtensionPoint,
      },
      async init({ config, sources }) {
        const bills = readBills(config);
        if (bills.length === 0) {
          return;
        }
        const credentials = DefaultAwsCredentialsManager.fromConfig(config);
        for (const bill of bills) {
          if ('costExplorer' in bill) {
            sources.addBillSource(
              CostExplorerSource.create({
                id: bill.name,
                config: bill.costExplorer,
                client: () => explorerOf(bill.costExplorer, credentials),
              }),
            );
            continue;
          }
          const files =
            'folder' in bill
              ? FolderFiles.create(bill)
              : S3Files.create({
                  ...bill.s3,
                  client: once(() => clientOf(bill.s3, credentials)),
                });
          sources.addBillSource(
            FocusExportSource.create({ id: bill.name, files }),
          );
        }
      },
    });
  },
});

async function clientOf(
  { region, accountId, endpoint }: BucketConfig,
  credentials: AwsCredentialsManager,
): Promise<S3Client> {
  const { sdkCredentialProvider } = await credentials.getCredentialProvider(
    accountId === undefined ? {} : { accountId },
  );
  return new S3Client({
    region,
    credentials: sdkCredentialProvider,
    // An S3 of one's own has no names of buckets in its host's.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
}

/** Tries again what was throttled, later each time. */
const EXPLORER_ATTEMPTS = 6;

async function explorerOf(
  { region, accountId, endpoint }: CostExplorerConfig,
  credentials: AwsCredentialsManager,
): Promise<CostExplorerClient> {
  const { sdkCredentialProvider } = await credentials.getCredentialProvider(
    accountId === undefined ? {} : { accountId },
  );
  return new CostExplorerClient({
    region,
    credentials: sdkCredentialProvider,
    maxAttempts: EXPLORER_ATTEMPTS,
    ...(endpoint !== undefined && { endpoint }),
  });
}

/** What is made when it is first needed; a failure is tried anew. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch(error => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
