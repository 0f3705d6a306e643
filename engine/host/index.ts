export * from './host.ts'
export * from './ports.ts'
export * from './submission.ts'
