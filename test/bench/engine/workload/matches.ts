import type { Filter, OfferAttributes, Selection } from '@offset-button/engine'

const NAMES = ['project', 'host', 'scope', 'technology', 'methodology', 'unitType'] as const

/** Whether offers with these attributes are inside a filter. */
export function matches(filter: Filter, attributes: OfferAttributes): boolean {
  return (
    NAMES.every((name) => filter[name]?.includes(attributes[name]) ?? true) &&
    isWithin(filter.vintage ?? EVER, attributes.vintage) &&
    !names(filter.not ?? {}, attributes)
  )
}

const EVER = { from: 0, to: Number.POSITIVE_INFINITY }

/** Whether a selection lists one of the attributes. */
function names(selection: Selection, attributes: OfferAttributes): boolean {
  return (
    NAMES.some((name) => selection[name]?.includes(attributes[name]) ?? false) ||
    (selection.vintage !== undefined && isWithin(selection.vintage, attributes.vintage))
  )
}

function isWithin({ from, to }: { readonly from: number; readonly to: number }, year: number) {
  return year >= from && year <= to
}
