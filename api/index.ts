export { type RunningApi, startApi } from './api.ts'
export { type Configuration, readConfiguration } from './configuration.ts'
