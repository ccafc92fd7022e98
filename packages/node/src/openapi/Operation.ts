import { Json } from '@headroom/common';
import { z } from 'zod';

/**
 * What a route takes and answers. Its query and body are the schemas that check
 * the request, so that what is documented is what is accepted.
 *
 * @public
 */
export interface Operation {
  method: 'get' | 'put' | 'post' | 'delete';
  /** The path as express writes it, e.g. `/v1/advice/:id`. */
  path: string;
  /** Unique; the method of a typed client. */
  id: string;
  /** What it belongs to, for people, e.g. `Advice`. */
  tag: string;
  summary: string;
  /** Parameters of the query; absent = there are none. */
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Of the answer when all is well; 200, or 204 where it is nothing, unless said. */
  status?: number;
  answer: Answer;
}

/** What is answered when all is well. @public */
export type Answer =
  | { type: 'json'; schema: z.ZodType }
  | { type: 'csv'; description: string }
  /** One JSON document per line, sent while work goes on. */
  | { type: 'lines'; schema: z.ZodType }
  | { type: 'nothing' };

/** Interfaces, intersections and mapped types of the same members as one; what can be any JSON as it is. @public */
export type Flat<T> = [Json] extends [T]
  ? T
  : { -readonly [K in keyof T]: Flat<T[K]> };

/** Whether two types are the same. @public */
export type Same<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <
  T,
>() => T extends Flat<B> ? 1 : 2
  ? true
  : false;

/**
 * The JSON answer of a type. A schema that leaves out, adds or mistypes a member
 * at any depth does not compile.
 *
 * @public
 */
export function jsonOf<T>() {
  return <S extends z.ZodType>(
    schema: Same<z.output<S>, T> extends true ? S : never,
  ): Answer => ({ type: 'json', schema });
}

/** Like {@link jsonOf}, for an answer of one JSON document per line. @public */
export function linesOf<T>() {
  return <S extends z.ZodType>(
    schema: Same<z.output<S>, T> extends true ? S : never,
  ): Answer => ({ type: 'lines', schema });
}
