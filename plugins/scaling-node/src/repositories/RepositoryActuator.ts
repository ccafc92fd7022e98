import { ScmIntegrationRegistry } from '@backstage/integration';
import { RepositoryTarget } from '@headroom/common';
import {
  ActingContext,
  ActingOn,
  Actuator,
  ActuatorError,
  Effect,
  Sighting,
} from '@headroom/plugin-controllers-node';
import {
  readManifestFields,
  setManifestFields,
  wordForge,
} from '@headroom/plugin-scaling-common';
import { forgeOf } from './forgeOf';
import { PullRequest, RepositoryForge } from './RepositoryForge';

/** The branch of an action; there is one, or there is none: it is never moved. */
function branchOf({ id }: Pick<ActingOn, 'id'>): string {
  return `headroom/${id}`;
}

/**
 * Opens pull requests: the change is a commit on a branch of the action's own name.
 * A forge makes a branch of a name once, so that an action is done once; the pull
 * request follows, and is opened later where that fails.
 *
 * @public
 */
export class RepositoryActuator implements Actuator {
  readonly type = 'repository';
  readonly oncePer = 'action';
  readonly #integrations: ScmIntegrationRegistry;

  static create(options: {
    integrations: ScmIntegrationRegistry;
  }): RepositoryActuator {
    return new RepositoryActuator(options.integrations);
  }

  private constructor(integrations: ScmIntegrationRegistry) {
    this.#integrations = integrations;
  }

  /** The version is the commit of the branch that is asked to change. */
  async look(
    action: ActingOn,
    { signal }: Pick<ActingContext, 'signal'>,
  ): Promise<Sighting> {
    const target = targetOf(action);
    const forge = this.#forge(target, signal);
    const [base, own] = await Promise.all([
      forge.head(target.branch),
      forge.head(branchOf(action)),
    ]);
    const version = base ?? missing(target, `The branch ${target.branch}`);
    const text =
      (await forge.file(own ?? version, target.path)) ??
      missing(target, `The file ${target.path}`);
    const values = valuesOf(action, target, text);
    // A branch that changes nothing only keeps the name from being taken.
    const isOccupied = action.changes.every(
      ({ before }, index) => before === values[index],
    );
    return {
      version,
      ...(own && (isOccupied ? { fenced: true } : { marker: action.id })),
      values,
    };
  }

  /** A forge has no dry run: the edit is made in memory, and the base must be as it was planned on. */
  async dryRun(
    action: ActingOn,
    sighting: Sighting,
    { signal }: ActingContext,
  ): Promise<void> {
    const target = targetOf(action);
    await this.#edited(action, target, sighting, signal);
  }

  async apply(
    action: ActingOn,
    sighting: Sighting,
    { signal }: ActingContext,
  ): Promise<Effect> {
    const target = targetOf(action);
    const content = await this.#edited(action, target, sighting, signal);
    const forge = this.#forge(target, signal);
    await forge.createBranch({
      revision: sighting.version,
      branch: branchOf(action),
      path: target.path,
      content,
      message: `${titleOf(action)}\n\n${action.reason.message}\n`,
    });
    try {
      const { url } = await this.pullRequest(action, signal);
      return { link: url, remark: wordForge('waits', { url }) };
    } catch {
      // The branch is what was done; the pull request is opened when it is looked at again.
      return { remark: wordForge('notOpened', { branch: branchOf(action) }) };
    }
  }

  async fenceOff(
    action: ActingOn,
    sighting: Sighting,
    { signal }: ActingContext,
  ): Promise<void> {
    const forge = this.#forge(targetOf(action), signal);
    await forge.occupyBranch(branchOf(action), sighting.version);
  }

  /**
   * The pull request of an action whose branch was made; it is opened where it isn't
   * yet. May be called again: a branch has one.
   *
   * @throws ActuatorError
   */
  async pullRequest(
    action: ActingOn,
    signal: AbortSignal,
  ): Promise<PullRequest> {
    const target = targetOf(action);
    const forge = this.#forge(target, signal);
    const head = branchOf(action);
    return (
      (await forge.pullRequestOf(head)) ??
      forge.openPullRequest({
        head,
        base: target.branch,
        title: titleOf(action),
        body: bodyOf(action),
      })
    );
  }

  #forge(target: RepositoryTarget, signal: AbortSignal): RepositoryForge {
    return forgeOf(target.repository, this.#integrations, signal);
  }

  async #edited(
    action: ActingOn,
    target: RepositoryTarget,
    { version }: Sighting,
    signal: AbortSignal,
  ): Promise<string> {
    const forge = this.#forge(target, signal);
    const text =
      (await forge.file(version, target.path)) ??
      missing(target, `The file ${target.path}`);
    const now = valuesOf(action, target, text);
    if (action.changes.some(({ before }, index) => before !== now[index])) {
      throw moved(target);
    }
    try {
      return setManifestFields(text, target.document, action.changes);
    } catch {
      throw moved(target);
    }
  }
}

function valuesOf(
  { changes }: ActingOn,
  target: RepositoryTarget,
  text: string,
) {
  try {
    return readManifestFields(
      text,
      target.document,
      changes.map(({ path }) => path),
    );
  } catch {
    throw moved(target);
  }
}

function targetOf({ target }: ActingOn): RepositoryTarget {
  if (target.type !== 'repository') {
    throw new TypeError(`A ${target.type} target is no repository`);
  }
  return target;
}

function titleOf({ subject }: ActingOn): string {
  return `Right-size ${subject}`;
}

function bodyOf({ reason, evidence, expected, undo, changes }: ActingOn) {
  const rows = changes.map(
    ({ path, before, after }) =>
      `| \`${path.join('.')}\` | ${before ?? '–'} | ${after ?? '–'} |`,
  );
  return [
    reason.message,
    ['| field | before | after |', '| --- | --- | --- |', ...rows].join('\n'),
    ...evidence.map(({ text, link }) =>
      link ? `- ${text.message} (${link})` : `- ${text.message}`,
    ),
    expected.text.message,
    undo.message,
  ].join('\n\n');
}

function missing({ repository }: RepositoryTarget, what: string): never {
  throw new ActuatorError({
    kind: 'gone',
    said: wordForge('gone', { repository, what }),
  });
}

function moved({ repository, path }: RepositoryTarget): ActuatorError {
  return new ActuatorError({
    kind: 'conflict',
    said: wordForge('moved', { repository, path }),
  });
}
