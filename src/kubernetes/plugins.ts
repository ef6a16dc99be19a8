// Only for development: production has no part of it, nor of what it imports.
import { KubeConfig } from '@kubernetes/client-node'

/** The API server of a kubeconfig whose credentials come from a plugin (exec, OIDC), or that is behind a proxy. */
export function pluginConnection(content: string) {
  const config = new KubeConfig()
  config.loadFromString(content)
  return {
    server: config.getCurrentCluster()?.server.replace(/\/$/, '') ?? '',
    async options() {
      const options = { headers: {} }
      await config.applyToHTTPSOptions(options)
      return options
    },
  }
}
