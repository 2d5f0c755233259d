import { z } from 'zod'

// zod compiles its checks with `new Function`, which the window's security policy forbids and would report. This module
// is imported first, so that every schema of shared is made after it.
z.config({ jitless: true })
