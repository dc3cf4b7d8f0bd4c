/** Who may import whom: shared code, then features, then the app; features do not meet. */

export default {
  forbidden: [
    {
      name: "no-cycle",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "shared-knows-no-feature",
      severity: "error",
      from: { path: "^src/(ui|i18n|lib|api|media|styles)/" },
      to: { path: "^src/(features|app)/", pathNot: "^src/app/admission\\.ts$" },
    },
    {
      name: "ui-knows-nothing-of-the-product",
      severity: "error",
      from: { path: "^src/(ui|lib)/" },
      to: { path: "^src/(api|media)/" },
    },
    {
      name: "features-do-not-meet",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/", pathNot: "^src/features/$1/" },
    },
    {
      name: "features-know-no-app",
      severity: "error",
      from: { path: "^src/features/" },
      to: { path: "^src/app/", pathNot: "^src/app/admission\\.ts$" },
    },
    {
      name: "one-place-touches-livekit-client",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/media/" },
      to: { path: "node_modules/livekit-client" },
    },
    {
      name: "resolves",
      severity: "error",
      from: {},
      // The bundler turns what ends in ?url into the address of a file.
      to: { couldNotResolve: true, pathNot: "\\?url$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "module", "browser", "types", "default"],
    },
  },
};
