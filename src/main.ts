import { serve } from 'capi-extension'
import { hooks } from './hooks/index.ts'

serve({ name: 'sample-extension', hooks, logPrefix: 'SPIKE ' })
