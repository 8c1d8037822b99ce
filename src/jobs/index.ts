// The list of background jobs.
import { drawUpContributions } from './draw-up-contributions.ts'
import type { Job } from './job.ts'
import { purge } from './purge.ts'
import { sendMessages } from './send-messages.ts'
import { sendReminders } from './send-reminders.ts'
import { submitEnrolment } from './submit-enrolment.ts'
import { sweep } from './sweep.ts'

/** Every job there is. */
export const jobs: Job[] = [
  sendMessages,
  submitEnrolment,
  drawUpContributions,
  sendReminders,
  sweep,
  purge,
]
