const EC2 =
  /^(?:aws:\/\/\/[^/]*\/|arn:[^:]+:ec2:[^:]*:[^:]*:instance\/)?(i-[0-9a-z]+)$/i;
const AZURE =
  /^(?:azure:\/\/)?(\/subscriptions\/.+\/providers\/microsoft\.compute\/(?:virtualmachinescalesets|virtualmachines)\/[^/]+)(?:\/.*)?$/i;
const GCE_NODE = /^gce:\/\/([^/]+)\/([^/]+)\/([^/]+)$/;
const GCE_RESOURCE = /projects\/([^/]+)\/zones\/([^/]+)\/instances\/([^/]+)$/;

/**
 * What a machine is known by both in Kubernetes (`spec.providerID` of its node)
 * and on the bill (`ResourceId` of its charges): the id of an EC2 instance, the
 * path of an Azure machine or, for the nodes of a scale set, of the set, and
 * project, zone and name of a Compute Engine instance. Empty for what is no
 * machine of these.
 *
 * @public
 */
export function machineKeyOf(id: string): string {
  const own = EC2.exec(id)?.[1] ?? AZURE.exec(id)?.[1];
  if (own) {
    return own.toLowerCase();
  }
  const instance = GCE_NODE.exec(id) ?? GCE_RESOURCE.exec(id);
  return instance ? `gce/${instance.slice(1).join('/')}` : '';
}
