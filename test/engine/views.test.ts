/** Which filters stay prepared: no answer depends on it, so it is looked at from inside. */
import type { Filter } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Contents } from '../../engine/contents.ts'
import type { View } from '../../engine/views.ts'

const views = suite('views of filters')

const ROOM = 64

/** Finds the view of a filter, and tells whether it was there. */
function finder() {
  const { views } = new Contents(ROOM)
  const known = new WeakSet<View>()
  return (filter: Filter): boolean => {
    const view = views.find(filter, undefined)
    if (!view) throw new Error('The filter is malformed')
    const wasThere = known.has(view)
    known.add(view)
    return wasThere
  }
}

views('a filter that is asked again stays, whatever comes once', () => {
  const wasThere = finder()
  wasThere({ host: [0] })
  for (let host = 1; host < 2000; host++) {
    assert.ok(wasThere({ host: [0] }), `before ${host}`)
    assert.is(wasThere({ host: [host] }), false)
  }
})

views('of filters that come by turns, too many to be kept, some are always there', () => {
  const wasThere = finder()
  for (let turn = 0; turn < 20; turn++) {
    let there = 0
    for (let host = 0; host < ROOM + 11; host++) if (wasThere({ host: [host] })) there++
    if (turn > 0) assert.ok(there > 0, `turn ${turn}`)
  }
})

views('as many as there is room for all stay, whatever was there before', () => {
  const wasThere = finder()
  for (let host = 0; host < 500; host++) wasThere({ host: [host % 90] })
  const turn = () => {
    let there = 0
    for (let host = 1000; host < 1000 + ROOM; host++) if (wasThere({ host: [host] })) there++
    return there
  }
  for (let turns = 0; turns < 6; turns++) turn()
  assert.is(turn(), ROOM)
})

views.run()
