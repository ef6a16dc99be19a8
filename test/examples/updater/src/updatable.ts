import type { Updatable } from 'capi-extension/in-place-update'

/** The agent can write files below /etc/app; all else needs a new Machine. */
export const updatable: Updatable = {
  bootstrapConfig: {
    KubeadmConfig: [
      { path: 'files', each: { key: 'path', when: ({ name }) => name.startsWith('/etc/app/') } },
    ],
  },
}
