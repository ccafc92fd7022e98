import { readFileSync, writeFileSync } from 'node:fs';
import {
  compareManifestCosts,
  GuardedPart,
  guardMarkdown,
  guardMarker,
  guardOutage,
  GuardPolicy,
  guardPolicySchema,
  GuardReport,
  guardReportOf,
  GuardRequestInput,
  guardText,
  readInfracost,
  wordGuard,
} from '@headroom/plugin-cost-common';
import { guardedPartsOf } from '@headroom/plugin-scaling-common';
import { GuardArguments, readArguments, USAGE } from './arguments';
import { askPortal, Outage } from './askPortal';
import { BadInput } from './BadInput';
import { bookPrices } from './bookPrices';
import { ForgeName, postComment } from './postComment';
import { readDocument, readJson } from './readDocument';
import {
  ManifestSide,
  readManifestSide,
  toldOfSide,
} from './readManifestFolder';

/** A change as it was read. */
type Change =
  | { infracost: unknown }
  | { after: ManifestSide; before?: ManifestSide };

/**
 * Judges what a change costs from a terminal or a pipeline, see
 * `headroom-guard --help`.
 *
 * @param argv - without node and the script
 * @returns what the process should exit with
 * @internal
 */
export async function main(
  argv: string[],
  env: Record<string, string | undefined>,
): Promise<0 | 1 | 2> {
  try {
    const asked = readArguments(argv);
    if (asked.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    checkKey(asked.key);
    const policy = asked.policy
      ? readDocument('--policy', asked.policy, guardPolicySchema)
      : guardPolicySchema.parse({});
    const change = readChange(asked);
    const report =
      asked.portal === undefined
        ? judgeOffline(change, asked, policy)
        : await judgeByPortal(asked.portal, change, asked, policy, env);
    const markdown = guardMarkdown(report, asked);
    print(report, markdown, asked);
    if (asked.post) {
      await post(asked.post, report, markdown, env);
    }
    return report.verdict === 'deny' ? 1 : 0;
  } catch (error) {
    const { message, stack } = error as Error;
    const isForeseen = ['BadInput', 'InputError'].includes(
      (error as Error).name,
    );
    process.stderr.write(`${isForeseen ? message : stack}\n`);
    return 2;
  }
}

function checkKey(key: string | undefined) {
  try {
    guardMarker(key);
  } catch (error) {
    throw new BadInput(`--key: ${(error as Error).message}`);
  }
}

function readChange(asked: GuardArguments): Change {
  const { after, before, isNew, infracost, root } = asked;
  if (infracost !== undefined) {
    return { infracost: readJson('--infracost', infracost) };
  }
  const input = () => readFileSync(0, 'utf8');
  const read = (option: string, path: string) =>
    readManifestSide(option, path, { root, input });
  return {
    after: read('<after>', after ?? '-'),
    ...(before !== undefined && { before: read('--before', before) }),
    ...(isNew && { before: { objects: [], unread: [] } }),
  };
}

function judgeOffline(
  change: Change,
  { priceBook, override }: GuardArguments,
  policy: GuardPolicy,
): GuardReport {
  const parts = (side: ManifestSide): GuardedPart[] => guardedPartsOf(side);
  const costs =
    'infracost' in change
      ? readInfracost(change.infracost)
      : compareManifestCosts({
          after: parts(change.after),
          ...(change.before && { before: parts(change.before) }),
          prices: bookPrices(priceBook),
        });
  return guardReportOf(costs, {
    policy,
    budget: { unknown: wordGuard('budgetNotAsked') },
    ...(override && {
      override: {
        person: override.by,
        reason: override.reason,
        until: override.until,
      },
    }),
    now: new Date().toISOString(),
  });
}

async function judgeByPortal(
  portal: string,
  change: Change,
  asked: GuardArguments,
  policy: GuardPolicy,
  env: Record<string, string | undefined>,
): Promise<GuardReport> {
  const { cluster = '', currency, entity, change: name } = asked;
  const request: GuardRequestInput = {
    ...('infracost' in change
      ? { infracost: toldOfInfracost(change.infracost) }
      : {
          manifests: {
            cluster,
            after: toldOfSide(change.after),
            ...(change.before && { before: toldOfSide(change.before) }),
          },
        }),
    ...(currency !== undefined && { currency }),
    ...(entity !== undefined && { entityRef: entity }),
    ...(name !== undefined && { change: name }),
    policy,
  };
  try {
    return await askPortal(portal, env.HEADROOM_TOKEN, request);
  } catch (error) {
    if (error instanceof Outage) {
      const source = 'infracost' in change ? 'infracost' : 'manifests';
      return guardOutage(source, policy, error.message);
    }
    throw error;
  }
}

/** What is read of the JSON of Infracost, at any depth. */
const INFRACOST_FIELDS = [
  'currency',
  'projects',
  'name',
  'metadata',
  'errors',
  'message',
  'pastBreakdown',
  'breakdown',
  'resources',
  'monthlyCost',
  'costComponents',
  'priceNotFound',
  'subresources',
  'summary',
  'totalUnsupportedResources',
  'totalNoPriceResources',
  'totalUsageBasedResources',
  'totalMonthlyCost',
  'pastTotalMonthlyCost',
  'diffTotalMonthlyCost',
];

/**
 * What a portal is told of Infracost's JSON. Refused here as it would be there: that
 * it is no file of Infracost is no outage.
 */
function toldOfInfracost(value: unknown): Record<string, unknown> {
  readInfracost(value);
  return JSON.parse(JSON.stringify(value, INFRACOST_FIELDS));
}

function print(
  report: GuardReport,
  markdown: string,
  { format, comment }: GuardArguments,
): void {
  if (comment !== undefined) {
    try {
      writeFileSync(comment, markdown);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new BadInput(
        `--comment is ${comment}, which can't be written (${code}); it must be a file`,
      );
    }
  }
  const text = {
    text: () => guardText(report),
    markdown: () => markdown,
    json: () => `${JSON.stringify(report, null, 2)}\n`,
  }[format]();
  process.stdout.write(text);
}

/** That a comment can't be written changes nothing of the verdict. */
async function post(
  forge: ForgeName,
  report: GuardReport,
  markdown: string,
  env: Record<string, string | undefined>,
): Promise<void> {
  try {
    await postComment(forge, report, markdown, env);
  } catch (error) {
    if (error instanceof BadInput) {
      throw error;
    }
    process.stderr.write(
      `The comment could not be written: ${(error as Error).message}\n`,
    );
  }
}
