/** A pull request, or a merge request. @public */
export interface PullRequest {
  url: string;
  state: 'open' | 'merged' | 'closed';
}

/** A commit that is made as a branch of its own. */
export interface NewBranch {
  /** The commit that it is made on. */
  revision: string;
  /** Its name; one that is there already is never moved. */
  branch: string;
  path: string;
  content: string;
  message: string;
}

/** One repository of a forge. Methods throw an `ActuatorError`. */
export interface RepositoryForge {
  /** The commit of a branch; undefined when there is no such branch. */
  head(branch: string): Promise<string | undefined>;
  /** The text of a file at a commit; undefined when there is none. */
  file(revision: string, path: string): Promise<string | undefined>;
  /** Makes a commit and a branch of it. @throws `conflict` when the branch is there already. */
  createBranch(branch: NewBranch): Promise<void>;
  /** Makes a branch of a commit that is there. @throws `conflict` when it is there already. */
  occupyBranch(branch: string, revision: string): Promise<void>;
  /** The newest pull request of a branch; undefined when there is none. */
  pullRequestOf(branch: string): Promise<PullRequest | undefined>;
  openPullRequest(options: {
    head: string;
    base: string;
    title: string;
    body: string;
  }): Promise<PullRequest>;
}
