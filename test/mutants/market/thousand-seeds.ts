import { judgeBySeeds } from './judge-by-seeds.ts'

judgeBySeeds(1_000)
