import { createContext } from 'react'

/** Says to a screen reader what the window itself found out, for controls that lie deep in it. */
export const Say = createContext<(text: string) => void>(() => undefined)
