import { escaped, page } from './page';
import { ChangeRequest, Forge } from './Forge';

const FORMS = `<form method="post"><button name="do" value="merge">Merge: the demo cluster follows</button>
<button name="do" value="close">Close</button></form>`;

/** A page by which a person reads a pull request of the demo, and merges it. */
export async function pullRequestPage(
  forge: Forge,
  request: ChangeRequest,
): Promise<string> {
  const repository = forge.repository(request.repository);
  const [base, head] = await Promise.all([
    request.mergedSha
      ? repository.commit(request.mergedSha).then(({ parents }) => parents[0])
      : repository.resolve(request.base),
    repository.resolve(request.head),
  ]);
  const diff = base && head ? await repository.diff(base, head) : '';
  const title = `${request.title} · ${request.repository}#${request.number}`;
  return page(
    title,
    `<p><span class="state ${request.state}">${request.state}</span>
     <code>${escaped(request.head)}</code> into <code>${escaped(
      request.base,
    )}</code> of ${escaped(request.repository)}</p>
     <pre class="body">${escaped(request.body)}</pre>
     <h2>Changes</h2>
     <pre class="diff">${diff.split('\n').map(diffLine).join('\n')}</pre>
     ${request.state === 'open' ? FORMS : ''}`,
  );
}

function diffLine(line: string): string {
  const kind = /^[+-](?![+-]{2})/.exec(line)?.[0];
  const text = escaped(line);
  if (!kind) {
    return text;
  }
  return kind === '+' ? `<ins>${text}</ins>` : `<del>${text}</del>`;
}
