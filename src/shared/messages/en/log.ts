/** The log and diagnostic information. */
export const logMessages = {} as const
