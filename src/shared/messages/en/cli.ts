/** The command line: help, notes and what is printed beside captions. */
export const cliMessages = {} as const
