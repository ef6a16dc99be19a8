import * as v from 'valibot'

/** Minutes since midnight, UTC. */
export interface MaintenanceWindow {
  readonly from: number
  readonly to: number
}

/** A window of each day such as `22:00-04:00`, in UTC. */
export const windowSchema = v.pipe(
  v.string(),
  v.regex(
    /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
    'expected a window such as 22:00-04:00',
  ),
  v.transform((text): MaintenanceWindow => {
    const [from = 0, to = 0] = text.split('-').map((time) => {
      const [hours, minutes] = time.split(':').map(Number)
      return (hours ?? 0) * 60 + (minutes ?? 0)
    })
    return { from, to }
  }),
)

export function isInside({ from, to }: MaintenanceWindow, time: Date): boolean {
  const minute = time.getUTCHours() * 60 + time.getUTCMinutes()
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
