export type {
  FieldOwner,
  ManagerKind,
  ObjectManager,
  Reverts,
} from './FieldOwner';
export { kindOfManager, managerOf, sourceOf } from './managers';
export type { OwnedObject } from './managers';
export { ownersOf } from './ownersOf';
