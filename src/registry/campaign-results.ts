// What came of a campaign: who answered, who enrolled, who opted out after it.
import type { Tx } from './database.ts'

/** What came of those whom one wording reached in one village. */
export interface CampaignResult {
  /** Empty where no village is known. */
  villageCode: string
  /** Which wording, from 0. */
  variant: number
  reached: number
  answered: number
  enrolled: number
  optedOut: number
}

/** The results by village and wording; an answer counts for so many days after the message. */
export async function readResults(
  tx: Tx,
  campaignId: number,
  days: number,
): Promise<CampaignResult[]> {
  const within = (moment: string) =>
    `${moment} > p.sent_at AND ${moment} <= p.sent_at + make_interval(days => $2)`
  const { rows } = await tx.query<{
    village_code: string
    variant: number
    reached: number
    answered: number
    enrolled: number
    opted_out: number
  }>(
    `SELECT coalesce(p.village_code, '') AS village_code, coalesce(p.variant, 0) AS variant,
            count(*) AS reached,
            count(*) FILTER (WHERE EXISTS (
              SELECT FROM inbound i WHERE i.address_id = p.address_id AND i.kind <> 'open'
                 AND ${within('i.received_at')})) AS answered,
            count(*) FILTER (WHERE EXISTS (
              SELECT FROM submission s WHERE s.address_id = p.address_id
                 AND s.command = 'submit-enrolment' AND ${within('s.created_at')})) AS enrolled,
            count(*) FILTER (WHERE ${within('a.stopped_at')} OR EXISTS (
              SELECT FROM consent c WHERE c.address_id = p.address_id AND c.kind = 'campaign'
                 AND NOT c.given AND ${within('c.at')})) AS opted_out
       FROM campaign_person p JOIN address a ON a.id = p.address_id
      WHERE p.campaign_id = $1 AND p.state IN ('sent', 'delivered', 'read')
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [campaignId, days],
  )
  return rows.map(({ village_code, opted_out, ...row }) => ({
    ...row,
    ...{ villageCode: village_code, optedOut: opted_out },
  }))
}
