import { completeSpec } from '../serviceDefaults';
import { ServiceSpec, serviceSpecSchema } from '../ServiceSpec';

/** A service that is all right, with what a test says of it. */
export function makeSpec(over: Partial<ServiceSpec> = {}): ServiceSpec {
  const kind = over.kind ?? 'web-service';
  return serviceSpecSchema.parse(
    completeSpec({
      name: 'checkout',
      namespace: 'shop',
      cluster: 'us-west',
      owner: 'group:default/shop',
      image: 'ghcr.io/example/checkout:1.0.0',
      ...over,
      kind,
    }),
  );
}
