import { Renaming } from './Renaming';

const web = { namespace: 'shop', pod: 'web-1', container: 'web' };
const target = {
  job: 'agent',
  namespace: 'monitoring',
  pod: 'agent-1',
  container: 'agent',
};
const renamed = {
  ...target,
  exported_namespace: 'shop',
  exported_pod: 'web-1',
  exported_container: 'web',
};

describe('Renaming', () => {
  const renaming = Renaming.read([renamed, { job: 'kubelet', ...web }]);

  it("takes a target's container for nobody's", () => {
    expect(renaming.containerOf(renamed)).toEqual(web);
    const { exported_container: _, ...ofPod } = renamed;
    expect(renaming.containerOf(ofPod)).toBeUndefined();
    expect(renaming.containerOf(target)).toBeUndefined();
    expect(renaming.renames(target)).toBe(true);
  });

  it('takes it for what it says in a job that renames nothing', () => {
    expect(renaming.containerOf({ ...target, job: 'kubelet' })).toEqual({
      namespace: 'monitoring',
      pod: 'agent-1',
      container: 'agent',
    });
    expect(renaming.renames({ job: 'kubelet' })).toBe(false);
  });

  it('reads what a target without a container of its own says', () => {
    const labels = {
      job: 'kubelet',
      namespace: 'kube-system',
      exported_namespace: 'shop',
      pod: 'web-1',
      container: 'web',
    };
    expect(Renaming.read([labels]).containerOf(labels)).toEqual(web);
    // Labels are honoured from now on.
    expect(
      Renaming.read([labels]).containerOf({ job: 'kubelet', ...web }),
    ).toEqual(web);
  });
});
