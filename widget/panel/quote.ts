import '../purchase-later.ts'

export { Follower } from './follower.ts'
