import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** By which Backstage's Slack module knows where to post what a group is told. */
const SLACK = 'slack.com/bot-notify';
/** References in one question to the catalog. */
const AT_A_TIME = 500;

/** What is asked of an entity: references, as the catalog has them. */
export interface Person {
  members: string[];
  /** Groups right below a group. */
  children: string[];
  memberOf: string[];
  owners: string[];
  /** A group has a channel of its own. */
  hasChannel: boolean;
}

/** Users, groups and who owns what, asked of the catalog once each. */
export class People {
  readonly #options: { catalog: CatalogService; auth: AuthService };
  readonly #known = new Map<string, Person | undefined>();

  static create(options: { catalog: CatalogService; auth: AuthService }) {
    return new People(options);
  }

  private constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#options = options;
  }

  /** Undefined = not in the catalog. Ask for it with {@link People.meet} first. */
  get(ref: string): Person | undefined {
    return this.#known.get(ref);
  }

  /** Reads those that are not known yet. */
  async meet(refs: Iterable<string>): Promise<void> {
    const { catalog, auth } = this.#options;
    const asked = [...new Set(refs)].filter(ref => !this.#known.has(ref));
    for (let start = 0; start < asked.length; start += AT_A_TIME) {
      const entityRefs = asked.slice(start, start + AT_A_TIME);
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs,
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
            'relations',
          ],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      entityRefs.forEach((ref, i) => {
        const entity = items[i];
        this.#known.set(ref, entity && toPerson(entity));
      });
    }
  }
}

function toPerson(entity: Entity): Person {
  const related = (type: string, kind: string) =>
    (entity.relations ?? [])
      .filter(each => each.type === type)
      .map(each => each.targetRef.toLocaleLowerCase('en-US'))
      .filter(ref => kind === '' || ref.startsWith(`${kind}:`));
  return {
    members: related(RELATION_HAS_MEMBER, 'user'),
    children: related(RELATION_PARENT_OF, 'group'),
    memberOf: related(RELATION_MEMBER_OF, 'group'),
    owners: related(RELATION_OWNED_BY, ''),
    hasChannel: Boolean(entity.metadata.annotations?.[SLACK]),
  };
}
