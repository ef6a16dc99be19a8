import { serve } from 'capi-extension'
import manifest from '../package.json' with { type: 'json' }
import { hooks } from './hooks/index.ts'

serve({ name: manifest.name, hooks })
