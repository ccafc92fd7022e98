import { parseArgs } from 'node:util';
import { isEntityRef } from '../../../core/isEntityRef';
import { BadInput } from './BadInput';
import { ForgeName, FORGES } from './postComment';

/** What the command was asked for; what isn't there was not said. @internal */
export interface GuardArguments {
  after?: string;
  before?: string;
  isNew: boolean;
  infracost?: string;
  root?: string;
  priceBook?: string;
  portal?: string;
  cluster?: string;
  currency?: string;
  entity?: string;
  change?: string;
  policy?: string;
  override?: { by: string; reason: string; until: string };
  format: 'text' | 'markdown' | 'json';
  comment?: string;
  post?: ForgeName;
  key?: string;
  help: boolean;
}

export const USAGE = `Usage: headroom-guard [options] <after>
       headroom-guard [options] --infracost FILE

Says what a change costs a month and judges it by a policy. <after> is a file or a
folder of manifests, a folder with a kustomization.yaml, or - for a stream of YAML
documents, such as helm template writes.

  --before PATH      the same without the change, as <after>
  --new              nothing was there before the change
  --root DIR         a kustomization may read what lies below it; default: the
                     folder of the repository
  --infracost FILE   what infracost diff --format json wrote, instead of manifests

  --price-book FILE  prices in YAML or JSON, as headroom.prices has them; without it
                     and without a portal the built-in list and unit prices are used;
                     not with --infracost, which has its own
  --portal URL       asks the portal for prices and for the budget left; the token
                     is read from the environment, HEADROOM_TOKEN
  --cluster NAME     where the manifests are applied; needed with --portal
  --currency CODE    the answer's, with --portal; default: the portal's own
  --entity REF       the service that is changed, or the group that will own it
  --change NAME      the change, e.g. github.com/acme/web/pull/12; the portal knows
                     by it who lets it pass

  --policy FILE      YAML or JSON: warn and deny, each with increase, percent and
                     budget; judge, commentFrom, ask
  --override-by NAME, --override-reason TEXT, --override-until TIME
                     lets a change pass that is denied, until then; with --portal
                     it is the portal that is told so

  --format FORMAT    text, markdown or json; default: text
  --comment FILE     writes the comment in Markdown there, too
  --post FORGE       writes it on the pull request of github, or the merge request of
                     gitlab, where this runs; an older one is brought up to date
  --key KEY          tells several comments on one change apart, e.g. shop/web
  --help             this

Exits 0 when the verdict is ok, unknown or warn, 1 when it is deny, 2 when it was
asked for something that it can't do. A portal that does not answer is a warning.
`;

const FORMATS = ['text', 'markdown', 'json'] as const;

/**
 * @param argv - without node and the script
 * @throws BadInput with one sentence
 * @internal
 */
export function readArguments(argv: string[]): GuardArguments {
  const { values, positionals } = parse(argv);
  const { help } = values;
  if (help) {
    return { isNew: false, format: 'text', help };
  }
  const [after, ...others] = positionals;
  const { infracost, before, format = 'text' } = values;
  const isNew = values.new;
  if (others.length > 0) {
    throw new BadInput(
      `One change is judged at a time, not ${
        positionals.length
      }: ${positionals.join(', ')}`,
    );
  }
  if ((after === undefined) === (infracost === undefined)) {
    throw new BadInput(
      after === undefined
        ? 'Nothing is there to judge: name manifests, or --infracost FILE. --help says how'
        : '--infracost is there beside manifests; one of them must be left out',
    );
  }
  if (infracost !== undefined && (before !== undefined || isNew)) {
    throw new BadInput(
      '--before and --new are for manifests; the Infracost JSON says itself what was before',
    );
  }
  if (infracost !== undefined && values['price-book'] !== undefined) {
    throw new BadInput(
      '--price-book is for manifests and must be left out with --infracost; the Infracost JSON says its own prices',
    );
  }
  if (before !== undefined && isNew) {
    throw new BadInput('--before and --new exclude each other');
  }
  if (after === '-' && before === '-') {
    throw new BadInput(
      '--before is -; it must be a file or a folder, as <after> is read from the input',
    );
  }
  if (values['price-book'] !== undefined && values.portal !== undefined) {
    throw new BadInput('--price-book and --portal exclude each other');
  }
  if (values.portal !== undefined && after !== undefined && !values.cluster) {
    throw new BadInput(
      '--cluster is not there; with --portal it must name the cluster where the manifests are applied',
    );
  }
  if (values.portal === undefined && values.currency !== undefined) {
    throw new BadInput(
      '--currency is for --portal; without it the currency is that of the price book',
    );
  }
  const { entity } = values;
  if (entity !== undefined && !isEntityRef(entity)) {
    throw new BadInput(
      `--entity is ${entity}; it must be a reference such as component:default/web or group:default/shop`,
    );
  }
  const override = overrideOf(values);
  if (override && values.portal !== undefined) {
    throw new BadInput(
      '--override-by is for price books; with --portal an override is made there, by who may',
    );
  }
  if (!isFormat(format)) {
    throw new BadInput(
      `--format is ${format}; it must be one of ${FORMATS.join(', ')}`,
    );
  }
  return {
    after,
    before,
    isNew,
    infracost,
    root: values.root,
    priceBook: values['price-book'],
    portal: values.portal,
    cluster: values.cluster,
    currency: values.currency,
    entity,
    change: values.change,
    policy: values.policy,
    override,
    format,
    comment: values.comment,
    post: forgeOf(values.post),
    key: values.key,
    help,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        before: { type: 'string' },
        new: { type: 'boolean', default: false },
        root: { type: 'string' },
        infracost: { type: 'string' },
        'price-book': { type: 'string' },
        portal: { type: 'string' },
        cluster: { type: 'string' },
        currency: { type: 'string' },
        entity: { type: 'string' },
        change: { type: 'string' },
        policy: { type: 'string' },
        'override-by': { type: 'string' },
        'override-reason': { type: 'string' },
        'override-until': { type: 'string' },
        format: { type: 'string' },
        comment: { type: 'string' },
        post: { type: 'string' },
        key: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const { message } = error as Error;
    throw new BadInput(message.split('\n')[0]);
  }
}

function forgeOf(name: string | undefined): ForgeName | undefined {
  const forge = FORGES.find(each => each === name);
  if (name !== undefined && forge === undefined) {
    throw new BadInput(
      `--post is ${name}; it must be one of ${FORGES.join(', ')}`,
    );
  }
  return forge;
}

function isFormat(format: string): format is GuardArguments['format'] {
  return FORMATS.some(each => each === format);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function overrideOf(values: {
  'override-by'?: string;
  'override-reason'?: string;
  'override-until'?: string;
}): GuardArguments['override'] {
  const by = values['override-by']?.trim();
  const reason = values['override-reason']?.trim();
  const until = values['override-until'];
  // A pipeline passes what nobody set as nothing.
  if (!by && !reason && !until) {
    return undefined;
  }
  if (!by || !reason || !until) {
    throw new BadInput(
      'An override must have all of --override-by, --override-reason and --override-until',
    );
  }
  if (!INSTANT.test(until) || Number.isNaN(Date.parse(until))) {
    throw new BadInput(
      `--override-until is ${until}; it must be an instant such as 2026-12-01T00:00:00Z`,
    );
  }
  return { by, reason, until: new Date(until).toISOString() };
}
