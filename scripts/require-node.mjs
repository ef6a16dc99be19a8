// Loaded before every script: an old Node fails on the TypeScript sources with a message that helps nobody.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Node 24 or later is needed, this is ${process.version}: run "npm ci" again with install scripts allowed, which brings Node 26 along.`,
  )
  process.exit(1)
}
