// The extension that serve.test.ts starts.
import { BeforeClusterCreate, BeforeClusterDelete } from '../../../src/contract/lifecycle.ts'
import { serve } from '../../../src/extension/serve.ts'
import { defineHook } from '../../../src/handler/hook.ts'

serve({
  name: 'serving',
  hooks: [defineHook(BeforeClusterCreate, () => {}), defineHook(BeforeClusterDelete, () => {})],
})
