export type Estimate = Readonly<Record<string, string>>
