import type { WireAttributes } from '../../cdm-http/wire.ts'
import type { UnitAttributes } from '../../registry.ts'

export function toWireAttributes(attributes: UnitAttributes): WireAttributes {
  return {
    originating_party: attributes.originatingParty,
    unit_type: attributes.unitType,
    original_commitment_period: attributes.originalCommitmentPeriod,
    applicable_commitment_period: attributes.applicableCommitmentPeriod,
    lulucf_activity: attributes.lulucfActivity,
    project_identifier: attributes.projectIdentifier,
    vintage: attributes.vintage,
  }
}
