export * from './registry.ts'
export * from './serial-block.ts'
