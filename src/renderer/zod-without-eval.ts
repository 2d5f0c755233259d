import { z } from 'zod'

// zod compiles its checks with `new Function`, which the window's security policy forbids and would report. This module
// is imported first, before any schema is created.
z.config({ jitless: true })
