// The press of a button that opens a flow, in whatever message it stands.

/** What stands before the name of the flow. */
export const flowLink = 'f'

/** The press of a button that opens this flow. */
export function openingPress(flow: string): string {
  return `${flowLink}_${flow}`
}
