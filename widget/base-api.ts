/** The API where a page names none: the origin that this script came from. */
export const BASE_API: string = new URL('/', import.meta.url).href
