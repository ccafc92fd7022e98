export { podPlatformOf } from './podPlatforms';
