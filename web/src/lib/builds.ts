/** How caches of builds of the app begin, which the service worker makes and pages read. */

export const BUILDS = "jumpa-";
