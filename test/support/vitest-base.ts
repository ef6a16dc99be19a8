import { defaultServerConditions } from 'vite'

const conditions = ['capi-extension-source', ...defaultServerConditions]

/** What all suites have: in them, 'capi-extension' means the sources. */
export const base = { resolve: { conditions }, ssr: { resolve: { conditions } } }
