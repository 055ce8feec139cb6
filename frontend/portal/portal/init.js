import { initAll } from "../vendor/govuk/govuk-frontend.min.js";

initAll();

if (document.querySelector("[data-module=portal-ranking]")) await import("./ranking.js");
if (document.querySelector("[data-module=portal-upload]")) await import("./upload.js");
if (document.querySelector("[data-module=portal-password]")) await import("./password.js");
if (document.querySelector("[data-module=portal-passkey]")) await import("./passkey.js");
if (document.querySelector("[data-module=portal-records]")) await import("./records.js");

if (document.querySelector("[data-module^=moj-]")) {
  const moj = await import("../vendor/moj/moj-frontend.min.js");
  moj.initAll();
}
