import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { Caller, ScalingScopes } from './ScalingScopes';

/** A person who asks, and what they may. */
export interface Person {
  caller: Caller;
  /** User entity ref. */
  userRef: string;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

/** Who asks by a request. */
export class Requests {
  readonly #httpAuth: HttpAuthService;
  readonly #scopes: ScalingScopes;

  static create(options: {
    httpAuth: HttpAuthService;
    scopes: ScalingScopes;
  }): Requests {
    return new Requests(options.httpAuth, options.scopes);
  }

  private constructor(httpAuth: HttpAuthService, scopes: ScalingScopes) {
    this.#httpAuth = httpAuth;
    this.#scopes = scopes;
  }

  /** Whoever reads: a person, or another back end. @throws NotAllowedError when they may see nothing. */
  async reader(req: express.Request): Promise<Caller> {
    return this.#scopes.open(
      await this.#httpAuth.credentials(req, { allow: ['user', 'service'] }),
    );
  }

  /** Who changes something: only a person can be held to it. */
  async person(req: express.Request): Promise<Person> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    return {
      credentials,
      userRef: credentials.principal.userEntityRef,
      caller: await this.#scopes.open(credentials),
    };
  }
}
