import { initAll } from "../vendor/govuk/govuk-frontend.min.js";

initAll();

if (document.querySelector("[data-module^=moj-]")) {
  const moj = await import("../vendor/moj/moj-frontend.min.js");
  moj.initAll();
}
