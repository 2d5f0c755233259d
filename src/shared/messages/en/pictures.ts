/** Picture files: formats, pages, frames, and why one cannot be read. */
export const pictureMessages = {} as const
