import type { Market, ProjectList, Technology } from '@offset-button/contract'
import type { Book, Filter, OfferState, Selection } from '@offset-button/engine'
import { assert } from '../assert.ts'
import { matches, unitTypeName } from './attributes.ts'
import { type Catalogue, type Project, projectSummary } from './catalogue.ts'

const MOST_LEVELS = 100

export type Depth = Pick<
  Market,
  'available_tonnes' | 'offers' | 'projects' | 'best_price_minor' | 'depth' | 'facets'
>

export type Page = { readonly offset: number; readonly limit: number }

/** An offer with something available, and its project. */
export type Shown = { readonly offer: OfferState; readonly project: Project }

/**
 * Depth and facets of a choice, of all that is on show. Each facet ignores its own part of the filter, and of what the filter
 * leaves out, so that it shows what else there is.
 */
export function depthOf(book: Book, all: readonly Shown[], filter: Filter): Depth {
  const shown = inside(all, filter)
  const { not, ...selection } = filter
  const without = (name: keyof Selection) => {
    if (!selection[name] && !not?.[name]) return shown
    const { [name]: _, ...rest } = selection
    const { [name]: __, ...restOfNot } = not ?? {}
    return inside(all, { ...rest, not: restOfNot })
  }
  const levels = book.depth(filter, MOST_LEVELS)
  return {
    available_tonnes: tonnesOf(shown),
    offers: shown.length,
    projects: projectsOf(shown),
    best_price_minor: levels[0]?.priceMinor ?? null,
    depth: levels.map((level) => ({
      price_minor: level.priceMinor,
      quantity_tonnes: level.quantityTonnes,
      offers: level.offers,
    })),
    facets: {
      host: facet(without('host'), ({ project }) => project.host).map(([value, part]) => ({
        value,
        available_tonnes: tonnesOf(part),
        projects: projectsOf(part),
      })),
      technology: facet(
        without('technology'),
        ({ project }) => project.technology as Technology,
      ).map(([value, part]) => ({
        value,
        available_tonnes: tonnesOf(part),
        projects: projectsOf(part),
      })),
      vintage: facet(without('vintage'), ({ offer }) => offer.attributes.vintage).map(
        ([value, part]) => ({ value, available_tonnes: tonnesOf(part) }),
      ),
      unit_type: facet(without('unitType'), ({ offer }) =>
        unitTypeName(offer.attributes.unitType),
      ).map(([value, part]) => ({ value, available_tonnes: tonnesOf(part) })),
    },
  }
}

/** Projects with something on offer, cheapest first, then by reference. */
export function projectsOnOffer(all: readonly Shown[], filter: Filter, page: Page): ProjectList {
  const projects = [...Map.groupBy(inside(all, filter), ({ project }) => project)]
    .map(([project, offers]) => ({
      ...projectSummary(project),
      available_tonnes: tonnesOf(offers),
      offers: offers.length,
      best_price_minor: Math.min(...offers.map(({ offer }) => offer.priceMinor)),
      vintages: [...new Set(offers.map(({ offer }) => offer.attributes.vintage))].sort(),
    }))
    .sort(
      (one, other) =>
        one.best_price_minor - other.best_price_minor ||
        one.reference.localeCompare(other.reference),
    )
  const end = page.offset + page.limit
  return {
    projects: projects.slice(page.offset, end),
    total: projects.length,
    next_offset: end < projects.length ? end : null,
  }
}

/** Every offer that an order could take; looks at the whole book. */
export function offersOnShow(book: Book, catalogue: Catalogue): Shown[] {
  return book
    .state()
    .offers.filter((offer) => offer.availableTonnes > 0 && !offer.suspended && !offer.expired)
    .map((offer) => {
      const project = catalogue.project(offer.attributes.project)
      assert(project, `offer ${offer.offer} has no project`)
      return { offer, project }
    })
}

const inside = (all: readonly Shown[], filter: Filter) =>
  all.filter(({ offer }) => matches(offer.attributes, filter))

function facet<Value extends string | number>(
  shown: readonly Shown[],
  keyOf: (one: Shown) => Value,
): [Value, Shown[]][] {
  return [...Map.groupBy(shown, keyOf)].sort(([one], [other]) => (one < other ? -1 : 1))
}

const tonnesOf = (shown: readonly Shown[]) =>
  shown.reduce((sum, { offer }) => sum + offer.availableTonnes, 0)
const projectsOf = (shown: readonly Shown[]) => new Set(shown.map(({ project }) => project)).size
