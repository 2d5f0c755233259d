/** Titles and help of the command table. */
export const commandMessages = {} as const
