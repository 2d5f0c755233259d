/** What `descry doctor` reports. */
export const doctorMessages = {} as const
