import type { Pages } from './steps.ts'
export const pages: Pages = {}
export const styles: readonly string[] = []
